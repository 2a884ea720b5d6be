using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>Templates with tokens such as <c>{order_number}</c>, which the owner writes and which are filled for each order.</summary>
public static partial class TextTemplate
{
    /// <summary>The token of the order number that owner and customer see.</summary>
    public const string OrderNumber = "order_number";

    /// <summary>The token of the order's id in nopCommerce.</summary>
    public const string OrderId = "order_id";

    /// <summary>The token of the store's name.</summary>
    public const string StoreName = "store_name";

    /// <summary>The token of the store's id in nopCommerce.</summary>
    public const string StoreId = "store_id";

    /// <summary>All tokens, without braces.</summary>
    public static IReadOnlyCollection<string> Tokens { get; } = [OrderNumber, OrderId, StoreName, StoreId];

    /// <summary>The tokens in a template, without braces, in order of appearance.</summary>
    public static IEnumerable<string> TokensOf(string template) => Token().Matches(template).Select(match => match.Groups[1].Value);

    /// <summary>Replaces each token once: a value that looks like a token is not replaced again. Unknown tokens are removed.</summary>
    /// <param name="template">The owner's text.</param>
    /// <param name="values">The values of the tokens; the keys have no braces.</param>
    public static string Fill(string template, IReadOnlyDictionary<string, string?> values) =>
        Token().Replace(template, match => values.GetValueOrDefault(match.Groups[1].Value) ?? string.Empty);

    /// <summary>The template's text without its tokens.</summary>
    public static string LiteralOf(string template) => Token().Replace(template, string.Empty);

    [GeneratedRegex(@"\{([a-z_]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
