using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Orders;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>
/// The order ids at MultiSafepay: by default the order number that owner and customer see, otherwise the owner's template filled for the order. From the second attempt
/// on, a suffix is appended, because MultiSafepay accepts an id only once.
/// </summary>
public static partial class OrderIds
{
    /// <summary>The maximum length of an order id at MultiSafepay, in characters.</summary>
    public const int MaxLength = 50;

    /// <summary>The maximum number of characters that a template may contain besides its tokens; the rest is left for the number.</summary>
    public const int MaxLiteralLength = 20;

    /// <summary>The suffix of the ids of refunds of late payments.</summary>
    internal const string LateRefundSuffix = "-late";

    private const int MaxSuffixLength = 6;

    // A hint contains an order id at MultiSafepay and may come from anybody, so the lookup must stay cheap.
    private const int MaxCandidates = 12;

    /// <summary>The order id of an attempt.</summary>
    /// <param name="order">The order.</param>
    /// <param name="attempt">The number of the attempt, from 1.</param>
    /// <param name="template">The owner's template; null or empty for the order number.</param>
    public static string For(Order order, int attempt, string? template = null) => attempt == 1
        ? Base(order, template)
        : string.Create(CultureInfo.InvariantCulture, $"{Base(order, template)}-{attempt}");

    /// <summary>Whether MultiSafepay accepts the ids that a template produces, and whether every order gets an id of its own.</summary>
    public static bool IsTemplate(string template)
    {
        var literal = TextTemplate.LiteralOf(template);
        var tokens = TextTemplate.TokensOf(template).ToList();
        return literal.Length <= MaxLiteralLength
            && (literal.Length == 0 || Safe().IsMatch(literal))
            && tokens.All(token => token is TextTemplate.OrderNumber or TextTemplate.OrderId or TextTemplate.StoreId)
            && tokens.Exists(token => token is TextTemplate.OrderNumber or TextTemplate.OrderId);
    }

    /// <summary>Whether a text can be an order id that this class created.</summary>
    public static bool IsPossible([NotNullWhen(true)] string? orderId) => orderId is { Length: > 0 and <= MaxLength } && Safe().IsMatch(orderId);

    /// <summary>Finds the shop's order that has an attempt with an order id at MultiSafepay; null if there is none.</summary>
    /// <param name="orderService">nopCommerce's orders.</param>
    /// <param name="orderId">The order id at MultiSafepay.</param>
    /// <param name="template">The owner's current template. An earlier template may have produced the id, so its parts are tried too.</param>
    /// <param name="isIt">Whether an order that was found really has such an attempt.</param>
    /// <param name="mayReadAll">Asked before a custom order number is looked up, for which the database reads all orders; false ends the search.</param>
    public static async Task<Order?> FindAsync(IOrderService orderService, string orderId, string? template, Func<Order, Task<bool>> isIt, Func<bool> mayReadAll)
    {
        if (!IsPossible(orderId))
            return null;

        // The database finds an order by its id at once.
        var candidates = Candidates(orderId, template).Where(candidate => candidate.Length > 0).Distinct(StringComparer.Ordinal).Take(MaxCandidates).ToList();
        foreach (var candidate in candidates)
        {
            if (int.TryParse(candidate, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && await orderService.GetOrderByIdAsync(id) is { } byId && await isIt(byId))
                return byId;
        }

        foreach (var candidate in candidates)
        {
            if (!mayReadAll())
                return null;
            if (await orderService.GetOrderByCustomOrderNumberAsync(candidate) is { } byNumber && await isIt(byNumber))
                return byNumber;
        }

        return null;
    }

    // The parts of an order id that may be the order's number or id, the most likely first.
    private static IEnumerable<string> Candidates(string orderId, string? template)
    {
        var withoutSuffix = Suffix().Replace(orderId, string.Empty);
        foreach (var text in new[] { orderId, withoutSuffix })
        {
            if (!string.IsNullOrWhiteSpace(template) && PatternOf(template).Match(text) is { Success: true } match)
                yield return match.Groups["number"].Value;
            yield return text;
        }

        // Most templates put something before the number, some behind it or on both sides.
        var separators = Separator().Matches(orderId).Select(match => match.Index).ToList();
        foreach (var text in new[] { withoutSuffix, orderId })
        {
            foreach (var separator in separators.Where(index => index < text.Length))
                yield return text[(separator + 1)..];
        }

        foreach (var end in separators)
            yield return orderId[..end];
        foreach (var (start, end) in separators.SelectMany(start => separators.Where(end => end > start).Select(end => (start, end))))
            yield return orderId[(start + 1)..end];
    }

    private static Regex PatternOf(string template)
    {
        var taken = false;
        var pattern = Regex.Replace(Regex.Escape(template), @"\\\{([a-z_]+)}", token =>
        {
            if (token.Groups[1].Value is not (TextTemplate.OrderNumber or TextTemplate.OrderId))
                return "[0-9]+";
            var group = taken ? "[A-Za-z0-9_.-]+" : "(?<number>[A-Za-z0-9_.-]+)";
            taken = true;
            return group;
        });
        return new Regex($@"^{pattern}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static string Base(Order order, string? template)
    {
        var number = Number(order);
        if (string.IsNullOrWhiteSpace(template) || !IsTemplate(template.Trim()))
            return number;

        var id = TextTemplate.Fill(template.Trim(), new Dictionary<string, string?>
        {
            [TextTemplate.OrderNumber] = number,
            [TextTemplate.OrderId] = order.Id.ToString(CultureInfo.InvariantCulture),
            [TextTemplate.StoreId] = order.StoreId.ToString(CultureInfo.InvariantCulture)
        });
        return id.Length <= MaxLength - MaxSuffixLength ? id : number;
    }

    // The owner may choose order numbers with any characters. A number that a URL would not preserve is replaced by nopCommerce's id.
    private static string Number(Order order) =>
        order.CustomOrderNumber is { Length: > 0 and <= MaxLength - MaxSuffixLength } number && Safe().IsMatch(number)
            ? number
            : order.Id.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Safe();

    [GeneratedRegex(@"-[0-9]{1,5}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"[-_.]", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}
