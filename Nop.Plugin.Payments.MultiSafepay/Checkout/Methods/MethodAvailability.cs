using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>What is known of a cart when it is asked which payment methods fit. What is null is not known, and narrows nothing.</summary>
public sealed record CartFacts
{
    /// <summary>Whether the store has an API key for its environment.</summary>
    public bool HasApiKey { get; init; } = true;

    /// <summary>What will be charged, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>What will be charged, in euro cents: the unit of MultiSafepay's limits, whatever the currency.</summary>
    public long? EuroCents { get; init; }

    /// <summary>The order total in the primary store currency: the unit of the owner's limits.</summary>
    public decimal? Total { get; init; }

    /// <summary>The billing country, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>The customer's roles.</summary>
    public IReadOnlyCollection<int>? Roles { get; init; }
}

/// <summary>Why a payment method is not offered.</summary>
public enum MethodRefusal
{
    /// <summary>The owner has turned it off.</summary>
    Disabled,

    /// <summary>The account has it since the owner last looked, and new methods wait for the owner.</summary>
    New,

    /// <summary>The account no longer has it.</summary>
    Vanished,

    /// <summary>MultiSafepay does not take this currency with it.</summary>
    Currency,

    /// <summary>MultiSafepay does not offer it in this billing country.</summary>
    Country,

    /// <summary>Less than MultiSafepay takes with it.</summary>
    AmountTooLow,

    /// <summary>More than MultiSafepay takes with it.</summary>
    AmountTooHigh,

    /// <summary>Less than the owner takes with it.</summary>
    BelowOwnMinimum,

    /// <summary>More than the owner takes with it.</summary>
    AboveOwnMaximum,

    /// <summary>The owner does not offer it in this billing country.</summary>
    OwnCountry,

    /// <summary>The customer has none of the roles that the owner asks for.</summary>
    Role
}

/// <summary>Why nothing at all can be paid with MultiSafepay.</summary>
public enum OfferProblem
{
    /// <summary>The owner has turned payments off for this store.</summary>
    StoreDisabled,

    /// <summary>The owner has entered no API key for the chosen environment.</summary>
    NoApiKey,

    /// <summary>MultiSafepay does not process this currency.</summary>
    Currency,

    /// <summary>No payment method fits this cart.</summary>
    NoMethod
}

/// <summary>A payment method that is not offered, and every reason.</summary>
/// <param name="Gateway">Its gateway.</param>
/// <param name="Name">MultiSafepay's name for it.</param>
/// <param name="Reasons">Why, at least one.</param>
public sealed record RefusedMethod(string Gateway, string Name, IReadOnlyList<MethodRefusal> Reasons);

/// <summary>
/// Which payment methods a cart can be paid with, and why not with the others. One pure function decides for all who ask: the list that the customer sees,
/// the check of what was chosen, the row in nopCommerce's own list, and the owner who wonders where a method is.
/// </summary>
/// <param name="Methods">The methods to choose from, in the owner's order; empty when the choice is made on the payment page.</param>
/// <param name="Refused">All others, in the same order.</param>
/// <param name="Problem">Why nothing can be paid; null when something can.</param>
/// <param name="IsKnown">Whether the account's methods are known. While they are not, nothing is offered and nothing refused.</param>
public sealed record MethodAvailability(IReadOnlyList<PaymentMethod> Methods, IReadOnlyList<RefusedMethod> Refused, OfferProblem? Problem, bool IsKnown)
{
    /// <summary>Decides.</summary>
    /// <param name="facts">The cart.</param>
    /// <param name="catalogue">The account's methods; null when they are not known, which hides nothing: the payment page knows them.</param>
    /// <param name="settings">The settings of the store.</param>
    public static MethodAvailability For(CartFacts facts, Catalogue? catalogue, MultiSafepaySettings settings)
    {
        var problem = !settings.Enabled ? OfferProblem.StoreDisabled
            : !facts.HasApiKey ? OfferProblem.NoApiKey
            : !SupportedCurrencies.Contains(facts.Currency) ? OfferProblem.Currency
            : (OfferProblem?)null;
        if (catalogue is null)
            return new MethodAvailability([], [], problem, IsKnown: false);

        var rules = MethodRules.Parse(settings.Methods);
        List<PaymentMethod> fitting = [];
        List<RefusedMethod> refused = [];
        foreach (var method in catalogue.Methods.DistinctBy(method => method.Id, StringComparer.OrdinalIgnoreCase).OrderBy(method => rules[method.Id]?.Order ?? int.MaxValue))
        {
            var reasons = AccountReasons(method, facts).Concat(settings.HostedPageOnly ? [] : OwnReasons(rules[method.Id], facts, settings)).ToList();
            if (reasons.Count == 0)
                fitting.Add(method);
            else
                refused.Add(new RefusedMethod(method.Id, NameOf(method), reasons));
        }

        // A brand is not gone while it is part of a group.
        var brands = catalogue.Methods.SelectMany(method => method.Brands).Select(brand => brand.Id);
        foreach (var gateway in rules.Gateways.Where(gateway => catalogue.Find(gateway) is null).Except(brands, StringComparer.OrdinalIgnoreCase))
            refused.Add(new RefusedMethod(gateway!, rules[gateway!]!.Name ?? gateway!, [MethodRefusal.Vanished]));

        problem ??= fitting.Count == 0 ? OfferProblem.NoMethod : null;
        return new MethodAvailability(problem is null && !settings.HostedPageOnly ? fitting : [], refused, problem, IsKnown: true);
    }

    /// <summary>The offered method with this gateway, or null.</summary>
    public PaymentMethod? Find(string? gateway) => Methods.FirstOrDefault(method => string.Equals(method.Id, gateway, StringComparison.OrdinalIgnoreCase));

    /// <summary>MultiSafepay's name for a method.</summary>
    public static string NameOf(PaymentMethod method) => string.IsNullOrWhiteSpace(method.Name) ? method.Id : method.Name;

    private static IEnumerable<MethodRefusal> AccountReasons(PaymentMethod method, CartFacts facts)
    {
        if (!Allows(method.AllowedCurrencies, facts.Currency))
            yield return MethodRefusal.Currency;
        if (facts.Country is not null && !Allows(method.AllowedCountries, facts.Country))
            yield return MethodRefusal.Country;
        if (facts.EuroCents < method.AllowedAmount?.Min)
            yield return MethodRefusal.AmountTooLow;
        if (facts.EuroCents > method.AllowedAmount?.Max)
            yield return MethodRefusal.AmountTooHigh;
    }

    private static IEnumerable<MethodRefusal> OwnReasons(MethodRule? rule, CartFacts facts, MultiSafepaySettings settings)
    {
        if (rule is null)
        {
            if (!settings.NewMethodsEnabled)
                yield return MethodRefusal.New;
            yield break;
        }

        if (!rule.Enabled)
            yield return MethodRefusal.Disabled;
        if (facts.Total < rule.Min)
            yield return MethodRefusal.BelowOwnMinimum;
        if (facts.Total > rule.Max)
            yield return MethodRefusal.AboveOwnMaximum;
        if (facts.Country is not null && !Allows(rule.Countries, facts.Country))
            yield return MethodRefusal.OwnCountry;
        if (facts.Roles is not null && rule.Roles.Count > 0 && !rule.Roles.Any(facts.Roles.Contains))
            yield return MethodRefusal.Role;
    }

    private static bool Allows(IReadOnlyList<string> allowed, string code) => allowed.Count == 0 || allowed.Contains(code, StringComparer.OrdinalIgnoreCase);
}
