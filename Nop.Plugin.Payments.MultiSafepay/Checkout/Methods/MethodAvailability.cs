using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>The properties of a cart that determine the available payment methods. Null properties are unknown and exclude no method.</summary>
public sealed record CartFacts
{
    /// <summary>Whether the store has an API key for its environment.</summary>
    public bool HasApiKey { get; init; } = true;

    /// <summary>Whether MultiSafepay refuses the key (<see cref="Payments.Stores.RefusedKeys"/>).</summary>
    public bool IsKeyRefused { get; init; }

    /// <summary>Whether MultiSafepay would not accept the URLs of the store, so that no order can be created.</summary>
    public bool AreUrlsRefused { get; init; }

    /// <summary>Whether the cart is a subscription (a recurring cart of nopCommerce).</summary>
    public bool IsSubscription { get; init; }

    /// <summary>Whether the customer is registered; null if it is not known.</summary>
    public bool? IsRegistered { get; init; }

    /// <summary>The currency of the charge: ISO 4217 code, in upper case.</summary>
    public required string Currency { get; init; }

    /// <summary>The charge in euro cents, the unit of MultiSafepay's limits for every currency (OpenAPI description, PaymentMethod).</summary>
    public long? EuroCents { get; init; }

    /// <summary>The order total in the primary store currency, the unit of the owner's limits.</summary>
    public decimal? Total { get; init; }

    /// <summary>The billing country: ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }

    /// <summary>The ids of the customer's roles.</summary>
    public IReadOnlyCollection<int>? Roles { get; init; }

    /// <summary>The ids of the categories of each product, with the categories above them.</summary>
    public IReadOnlyList<IReadOnlyCollection<int>>? Categories { get; init; }

    /// <summary>The name of the chosen shipping method and the system name of its provider; empty if nothing is shipped or nothing has been chosen yet.</summary>
    public IReadOnlyList<string>? ShippingMethod { get; init; }
}

/// <summary>What a draft of an order does not say about a cart.</summary>
/// <param name="Country">The billing country: ISO 3166-1 alpha-2 code; null if unknown.</param>
/// <param name="CategoryId">The id of a category of which all products are; null if unknown.</param>
/// <param name="ShippingMethod">The name of the chosen shipping method; null if unknown.</param>
/// <param name="IsSubscription">Whether it is a subscription.</param>
public sealed record AssumedCart(string? Country, int? CategoryId = null, string? ShippingMethod = null, bool IsSubscription = false)
{
    /// <summary>Nothing but that it is a subscription.</summary>
    public static AssumedCart Subscription { get; } = new(Country: null, IsSubscription: true);
}

/// <summary>The reasons why a payment method is not offered.</summary>
public enum MethodRefusal
{
    /// <summary>The owner has turned the method off.</summary>
    Disabled,

    /// <summary>The method is new in the account, and new methods have to be turned on by the owner.</summary>
    New,

    /// <summary>The account no longer has the method.</summary>
    Vanished,

    /// <summary>MultiSafepay does not accept this currency for the method.</summary>
    Currency,

    /// <summary>MultiSafepay does not offer the method in this billing country.</summary>
    Country,

    /// <summary>The amount is below MultiSafepay's minimum for the method.</summary>
    AmountTooLow,

    /// <summary>The amount is above MultiSafepay's maximum for the method.</summary>
    AmountTooHigh,

    /// <summary>The amount is below the owner's minimum for the method.</summary>
    BelowOwnMinimum,

    /// <summary>The amount is above the owner's maximum for the method.</summary>
    AboveOwnMaximum,

    /// <summary>The owner does not offer the method in this billing country.</summary>
    OwnCountry,

    /// <summary>The customer has none of the roles that the owner requires.</summary>
    Role,

    /// <summary>A product in the cart is in none of the categories for which the owner offers the method.</summary>
    Category,

    /// <summary>The owner does not offer the method with the chosen shipping method.</summary>
    ShippingMethod,

    /// <summary>The cart is a subscription, and the account cannot charge again what was paid with the method.</summary>
    NoSubscription
}

/// <summary>The reasons why MultiSafepay is not available at all.</summary>
public enum OfferProblem
{
    /// <summary>The owner has turned payments off for this store.</summary>
    StoreDisabled,

    /// <summary>There is no API key for the selected environment.</summary>
    NoApiKey,

    /// <summary>MultiSafepay refuses the API key.</summary>
    KeyRefused,

    /// <summary>MultiSafepay does not accept the URLs of the store.</summary>
    UrlsRefused,

    /// <summary>MultiSafepay does not process this currency.</summary>
    Currency,

    /// <summary>The cart is a subscription, and the owner has not turned subscriptions on.</summary>
    SubscriptionsOff,

    /// <summary>The cart is a subscription, and the customer is not registered, so could not cancel it.</summary>
    SubscriptionOfGuest,

    /// <summary>The cart is a subscription, and customers choose on the payment page, where some methods cannot be charged again.</summary>
    SubscriptionOnPaymentPage,

    /// <summary>No payment method is available for this cart.</summary>
    NoMethod
}

/// <summary>A payment method that is not offered, with all reasons.</summary>
/// <param name="Gateway">The gateway code.</param>
/// <param name="Name">MultiSafepay's name of the method.</param>
/// <param name="Reasons">The reasons; at least one.</param>
public sealed record RefusedMethod(string Gateway, string Name, IReadOnlyList<MethodRefusal> Reasons);

/// <summary>
/// The payment methods that are available for a cart, and the reasons against the others. One pure function decides for every use: the customer's list, the check of
/// the customer's choice, the visibility in nopCommerce's own list, and the owner's question why a method is not shown.
/// </summary>
/// <param name="Methods">The methods to choose from, in the owner's order; empty if the customer chooses on the payment page.</param>
/// <param name="Refused">All others, in the same order.</param>
/// <param name="Problem">The reason why MultiSafepay is not available; null if it is.</param>
/// <param name="IsKnown">Whether the account's methods are known. If not, both lists are empty.</param>
public sealed record MethodAvailability(IReadOnlyList<PaymentMethod> Methods, IReadOnlyList<RefusedMethod> Refused, OfferProblem? Problem, bool IsKnown)
{
    /// <summary>Determines the available methods.</summary>
    /// <param name="facts">The cart.</param>
    /// <param name="catalogue">The account's methods; null if unknown, in which case the customer chooses on the payment page.</param>
    /// <param name="settings">The settings of the store.</param>
    public static MethodAvailability For(CartFacts facts, Catalogue? catalogue, MultiSafepaySettings settings)
    {
        var problem = !settings.Enabled ? OfferProblem.StoreDisabled
            : !facts.HasApiKey ? OfferProblem.NoApiKey
            : facts.IsKeyRefused ? OfferProblem.KeyRefused
            : facts.AreUrlsRefused ? OfferProblem.UrlsRefused
            : !SupportedCurrencies.Contains(facts.Currency) ? OfferProblem.Currency
            : ProblemOfSubscription(facts, settings);
        if (catalogue is null)
            return new MethodAvailability([], [], problem, IsKnown: false);

        var rules = MethodRules.Parse(settings.Methods);
        List<PaymentMethod> fitting = [];
        List<RefusedMethod> refused = [];
        foreach (var method in catalogue.Methods.DistinctBy(method => method.Id, StringComparer.OrdinalIgnoreCase).OrderBy(method => rules[method.Id]?.Order ?? int.MaxValue))
        {
            var reasons = AccountReasons(method, facts, catalogue).Concat(settings.HostedPageOnly ? [] : OwnReasons(rules[method.Id], facts, settings)).ToList();
            if (reasons.Count == 0)
                fitting.Add(method);
            else
                refused.Add(new RefusedMethod(method.Id, NameOf(method), reasons));
        }

        foreach (var gateway in rules.Gateways.Where(gateway => catalogue.Find(gateway) is null).Except(catalogue.Replaced(rules.Gateways, settings.GroupCards), StringComparer.OrdinalIgnoreCase))
            refused.Add(new RefusedMethod(gateway!, rules[gateway!]!.Name ?? gateway!, [MethodRefusal.Vanished]));

        problem ??= fitting.Count == 0 ? OfferProblem.NoMethod : null;
        return new MethodAvailability(problem is null && !settings.HostedPageOnly ? fitting : [], refused, problem, IsKnown: true);
    }

    /// <summary>The offered method with this gateway code; null if it is not offered.</summary>
    public PaymentMethod? Find(string? gateway) => Methods.FirstOrDefault(method => string.Equals(method.Id, gateway, StringComparison.OrdinalIgnoreCase));

    /// <summary>MultiSafepay's name of a method, or its gateway code if it has no name.</summary>
    public static string NameOf(PaymentMethod method) => string.IsNullOrWhiteSpace(method.Name) ? MethodNames.Of(method.Id) : method.Name;

    private static OfferProblem? ProblemOfSubscription(CartFacts facts, MultiSafepaySettings settings) => !facts.IsSubscription ? null
        : !settings.Subscriptions ? OfferProblem.SubscriptionsOff
        : settings.HostedPageOnly ? OfferProblem.SubscriptionOnPaymentPage
        : facts.IsRegistered == false ? OfferProblem.SubscriptionOfGuest
        : null;

    private static IEnumerable<MethodRefusal> AccountReasons(PaymentMethod method, CartFacts facts, Catalogue catalogue)
    {
        if (facts.IsSubscription && !SubscriptionMethods.IsPossible(method, catalogue))
            yield return MethodRefusal.NoSubscription;
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
        if (rule.Categories.Count > 0 && facts.Categories?.Any(categories => !rule.Categories.Any(categories.Contains)) == true)
            yield return MethodRefusal.Category;
        if (rule.ShippingMethods.Count > 0 && facts.ShippingMethod is [_, ..] chosen && !chosen.Any(name => rule.ShippingMethods.Contains(name, StringComparer.OrdinalIgnoreCase)))
            yield return MethodRefusal.ShippingMethod;
    }

    private static bool Allows(IReadOnlyList<string> allowed, string code) => allowed.Count == 0 || allowed.Contains(code, StringComparer.OrdinalIgnoreCase);
}
