using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Orders;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>
/// The order ids at MultiSafepay: by default the number that owner and customer know, otherwise the owner's template around it, and from the second attempt
/// on a suffix, because MultiSafepay takes an id once.
/// </summary>
public static partial class OrderIds
{
    /// <summary>The longest order id that MultiSafepay accepts, in characters.</summary>
    public const int MaxLength = 50;

    /// <summary>The most characters beside its tokens that a template may have; the rest is for the number.</summary>
    public const int MaxLiteralLength = 20;

    /// <summary>What the ids of the refunds of late payments end with.</summary>
    internal const string LateRefundSuffix = "-late";

    private const int MaxSuffixLength = 6;

    // A hint names an order at MultiSafepay and may come from anybody; looking for it has to stay cheap.
    private const int MaxCandidates = 12;

    /// <summary>The order id of the order's n-th attempt, counted from 1.</summary>
    /// <param name="order">The order.</param>
    /// <param name="attempt">The number of the attempt.</param>
    /// <param name="template">The owner's template; null or empty for the order's number alone.</param>
    public static string For(Order order, int attempt, string? template = null) => attempt == 1
        ? Base(order, template)
        : string.Create(CultureInfo.InvariantCulture, $"{Base(order, template)}-{attempt}");

    /// <summary>Whether MultiSafepay accepts the ids that a template makes, and whether each order gets one of its own.</summary>
    public static bool IsTemplate(string template)
    {
        var literal = TextTemplate.LiteralOf(template);
        var tokens = TextTemplate.TokensOf(template).ToList();
        return literal.Length <= MaxLiteralLength
            && (literal.Length == 0 || Safe().IsMatch(literal))
            && tokens.All(token => token is TextTemplate.OrderNumber or TextTemplate.OrderId or TextTemplate.StoreId)
            && tokens.Exists(token => token is TextTemplate.OrderNumber or TextTemplate.OrderId);
    }

    /// <summary>Whether a text can be an order id that was made here.</summary>
    public static bool IsPossible([NotNullWhen(true)] string? orderId) => orderId is { Length: > 0 and <= MaxLength } && Safe().IsMatch(orderId);

    /// <summary>Finds the order of the shop that has an attempt with this order id of MultiSafepay.</summary>
    /// <param name="orderService">Where to look.</param>
    /// <param name="orderId">The id at MultiSafepay.</param>
    /// <param name="template">The owner's template of today. The id may have been made by an earlier one; its parts are tried as well.</param>
    /// <param name="isIt">Whether an order that was found really has such an attempt.</param>
    public static async Task<Order?> FindAsync(IOrderService orderService, string orderId, string? template, Func<Order, Task<bool>> isIt)
    {
        if (!IsPossible(orderId))
            return null;

        foreach (var candidate in Candidates(orderId, template).Where(candidate => candidate.Length > 0).Distinct(StringComparer.Ordinal).Take(MaxCandidates))
        {
            // By its id the database finds an order at once; by the number that people know it reads all orders.
            if (int.TryParse(candidate, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && await orderService.GetOrderByIdAsync(id) is { } byId && await isIt(byId))
                return byId;
            if (await orderService.GetOrderByCustomOrderNumberAsync(candidate) is { } byNumber && await isIt(byNumber))
                return byNumber;
        }

        return null;
    }

    // What may be the order's number in an order id, the likeliest first.
    private static IEnumerable<string> Candidates(string orderId, string? template)
    {
        var withoutSuffix = Suffix().Replace(orderId, string.Empty);
        foreach (var text in new[] { orderId, withoutSuffix })
        {
            if (!string.IsNullOrWhiteSpace(template) && PatternOf(template).Match(text) is { Success: true } match)
                yield return match.Groups["number"].Value;
            yield return text;
        }

        // A template is mostly something in front of the number, sometimes something behind it or on both sides.
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

    // An owner may give orders numbers with any characters; what could not travel in a URL is replaced by nopCommerce's own id.
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
