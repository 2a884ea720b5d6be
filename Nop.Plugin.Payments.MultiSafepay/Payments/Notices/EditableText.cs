namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>Formats texts that the owner can edit in nopCommerce's string resources and whose placeholders may therefore be mistyped.</summary>
public static class EditableText
{
    /// <summary>
    /// Inserts the values into the text. If a placeholder is mistyped, the values are appended in parentheses instead of throwing, because a typing error must not prevent a payment,
    /// a refund or a page.
    /// </summary>
    /// <param name="culture">The culture in which numbers and times are formatted.</param>
    /// <param name="text">The text, with placeholders from {0} on.</param>
    /// <param name="words">The values of the placeholders.</param>
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
