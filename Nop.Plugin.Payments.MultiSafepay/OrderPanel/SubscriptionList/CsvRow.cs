namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.SubscriptionList;

/// <summary>Writes rows of a CSV file (RFC 4180). A pure function.</summary>
public static class CsvRow
{
    // A spreadsheet takes what begins with one of these for a formula (OWASP, CSV Injection).
    private static readonly char[] _formulas = ['=', '+', '-', '@', '\t', '\r', '\n'];

    private static readonly char[] _quoted = ['"', ',', '\r', '\n'];

    /// <summary>Writes a row, with its end.</summary>
    /// <param name="cells">The cells; null is written as an empty one, and an apostrophe before what a spreadsheet would take for a formula.</param>
    public static string Of(params string?[] cells) => $"{string.Join(',', cells.Select(Cell))}\r\n";

    private static string Cell(string? value)
    {
        var text = string.IsNullOrEmpty(value) ? string.Empty : _formulas.Contains(value[0]) ? $"'{value}" : value;
        return text.IndexOfAny(_quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
