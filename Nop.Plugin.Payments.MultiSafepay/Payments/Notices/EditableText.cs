namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>Texts that the owner can edit in nopCommerce's string resources, and whose placeholders may be mistyped therefore.</summary>
public static class EditableText
{
    /// <summary>
    /// Puts the words into the text. It does not throw: a mistyped placeholder must keep neither a payment nor a refund nor a page from its work, so what is to be told
    /// stands behind the text then.
    /// </summary>
    /// <param name="culture">How numbers and times among the words are written.</param>
    /// <param name="text">The text, with placeholders from {0} on.</param>
    /// <param name="words">What the placeholders stand for.</param>
    public static string Fill(IFormatProvider culture, string text, params object?[] words)
    {
        try
        {
            return string.Format(culture, text, words);
        }
        catch (FormatException)
        {
            return $"{text} ({string.Join(", ", words.Select(word => Convert.ToString(word, culture)))})";
        }
    }
}
