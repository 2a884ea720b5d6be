using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>Makes text of the shop fit for a field of MultiSafepay: plain, on one line, and no longer than the field.</summary>
public static partial class FieldText
{
    // Far above every limit of MultiSafepay; keeps a pasted book from being searched for markup.
    private const int MaxInput = 4_000;

    // "&amp;lt;b&amp;gt;" takes two rounds; whoever encodes more often than that gets to see it.
    private const int MaxRounds = 3;

    /// <summary>The text without markup, entities, control characters and doubled spaces, cut to the limit; null when nothing is left.</summary>
    /// <param name="text">What a customer or the owner typed.</param>
    /// <param name="maxLength">The limit in UTF-16 characters. A surrogate pair is kept whole or left out.</param>
    public static string? Clean(string? text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        var line = Cut(OneLine(WithoutMarkup(Cut(text, MaxInput))), maxLength).TrimEnd();
        return line.Length == 0 ? null : line;
    }

    /// <summary>The first characters of a text; never half of a surrogate pair.</summary>
    public static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        return text[..(maxLength > 0 && char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];
    }

    private static string WithoutMarkup(string text)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var plain = Tag().Replace(LineBreak().Replace(WebUtility.HtmlDecode(text), ", "), " ");
            if (plain == text)
                break;
            text = plain;
        }

        return text;
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var whole = Rune.DecodeFromUtf16(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            rest = rest[length..];
            if (!whole || IsInvisible(rune))
                continue;
            if (!Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune))
                line.Append(rune.ToString());
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString().Trim(' ', ',');
    }

    // Marks that turn the direction of text or hide in it have no place in a name; the two joiners belong to the scripts that need them.
    private static bool IsInvisible(Rune rune) =>
        rune.Value is not (0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    [GeneratedRegex(@"<(?:[A-Za-z/!?])[^<>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"<br\s*/?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LineBreak();
}
