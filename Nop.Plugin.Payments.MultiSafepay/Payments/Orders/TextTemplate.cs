using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>Texts with tokens such as <c>{order_number}</c>, which the owner writes and each order fills.</summary>
public static partial class TextTemplate
{
    /// <summary>The number of the order that owner and customer know.</summary>
    public const string OrderNumber = "order_number";

    /// <summary>nopCommerce's own number of the order.</summary>
    public const string OrderId = "order_id";

    /// <summary>The name of the store.</summary>
    public const string StoreName = "store_name";

    /// <summary>nopCommerce's number of the store.</summary>
    public const string StoreId = "store_id";

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<string> Tokens { get; } = [OrderNumber, OrderId, StoreName, StoreId];

    /// <summary>The tokens in a template, without braces, in their order.</summary>
    public static IEnumerable<string> TokensOf(string template) => Token().Matches(template).Select(match => match.Groups[1].Value);

    /// <summary>The template with each token replaced, once: a value that looks like a token stays as it is. Unknown tokens vanish.</summary>
    /// <param name="template">The owner's text.</param>
    /// <param name="values">What the tokens stand for.</param>
    public static string Fill(string template, IReadOnlyDictionary<string, string?> values) =>
        Token().Replace(template, match => values.GetValueOrDefault(match.Groups[1].Value) ?? string.Empty);

    /// <summary>The template's text without its tokens.</summary>
    public static string LiteralOf(string template) => Token().Replace(template, string.Empty);

    [GeneratedRegex(@"\{([a-z_]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
