using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>Prepares the shop's text for a field of MultiSafepay's API: plain text on one line, no longer than the field allows.</summary>
public static partial class FieldText
{
    // Far above every limit of MultiSafepay, so that very long input is not searched for markup. No source; chosen.
    private const int MaxInput = 4_000;

    // "&amp;lt;b&amp;gt;" takes two rounds. Markup that is encoded more often than that is left as it is.
    private const int MaxRounds = 3;

    /// <summary>Removes markup, entities, control characters and repeated spaces, and truncates the text to the limit. Returns null if nothing is left.</summary>
    /// <param name="text">The text that a customer or the shop owner entered.</param>
    /// <param name="maxLength">The limit in UTF-16 code units. A surrogate pair is never split.</param>
    public static string? Clean(string? text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        var line = Cut(OneLine(WithoutMarkup(Cut(text, MaxInput))), maxLength).TrimEnd();
        return line.Length == 0 ? null : line;
    }

    /// <summary>Truncates a text to a number of UTF-16 code units without splitting a surrogate pair.</summary>
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

    // Direction marks and other invisible characters have no place in a name. The two joiners are kept because some scripts need them.
    private static bool IsInvisible(Rune rune) =>
        rune.Value is not (0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    [GeneratedRegex(@"<(?:[A-Za-z/!?])[^<>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"<br\s*/?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LineBreak();
}
