using System.Text;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>
/// Turns a type as the recorded lines spell it, "System.Threading.Tasks.Task&lt;(System.Decimal price, T item)&gt;", into the spelling of
/// documentation ids, "System.Threading.Tasks.Task{System.ValueTuple{System.Decimal,`}}". A type parameter is a bare backtick there: which
/// one it is the text does not say.
/// </summary>
internal sealed class SignatureText
{
    private readonly string _text;
    private int _at;

    private SignatureText(string text) => _text = text;

    public static string ToId(string type) => new SignatureText(type).Type();

    /// <summary>The id of a type without its arguments: "IPagedList`1".</summary>
    public static string OpenTypeId(string type)
    {
        var bracket = type.IndexOf('<', StringComparison.Ordinal);

        return bracket < 0 ? type : $"{type[..bracket]}`{SplitList(type[(bracket + 1)..^1]).Count}";
    }

    /// <summary>The parts between the commas that are not inside of brackets.</summary>
    public static IReadOnlyList<string> SplitList(string text)
    {
        var parts = new List<string>();
        var depth = 0;
        var start = 0;

        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == ',' && depth == 0)
            {
                if (text[start..i].Trim() is { Length: > 0 } part)
                    parts.Add(part);
                start = i + 1;
            }
            else if ("<([".Contains(text[i]))
            {
                depth++;
            }
            else if (">)]".Contains(text[i]))
            {
                depth--;
            }
        }

        return parts;
    }

    private string Type()
    {
        var type = _text[_at] == '(' ? Tuple() : Named();

        while (_at < _text.Length)
        {
            if (_text[_at] == '?')
            {
                _at++;
                type = $"System.Nullable{{{type}}}";
            }
            else if (_text[_at] == '[')
            {
                var end = _text.IndexOf(']', _at) + 1;
                type += _text[_at..end];
                _at = end;
            }
            else
            {
                break;
            }
        }

        return type;
    }

    private string Named()
    {
        var name = new StringBuilder();

        while (_at < _text.Length)
        {
            if (_text[_at] == '<')
                name.Append('{').AppendJoin(',', Items('>', named: false)).Append('}');
            else if (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '.' or '_')
                name.Append(_text[_at++]);
            else
                break;
        }

        return name.ToString() is var id && id.Contains('.', StringComparison.Ordinal) ? id : "`";
    }

    private string Tuple()
    {
        var items = Items(')', named: true);

        return Nest(items);

        static string Nest(IReadOnlyList<string> items) => items.Count < 8
            ? $"System.ValueTuple{{{string.Join(',', items)}}}"
            : $"System.ValueTuple{{{string.Join(',', items.Take(7))},{Nest([.. items.Skip(7)])}}}";
    }

    /// <summary>The types up to the closing bracket; those of a tuple may have names.</summary>
    private List<string> Items(char close, bool named)
    {
        var items = new List<string>();

        do
        {
            _at++;
            while (_text[_at] == ' ')
                _at++;
            items.Add(Type());
            while (named && _text[_at] is not (',' or ')'))
                _at++;
        }
        while (_text[_at] == ',');

        if (_text[_at] != close)
            throw new FormatException($"No {close} at {_at} in {_text}");

        _at++;

        return items;
    }
}
