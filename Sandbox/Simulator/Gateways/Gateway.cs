namespace Sandbox.Simulator.Gateways;

/// <summary>The families of payment methods whose rules differ.</summary>
public enum GatewayKind
{
    Card,
    Banking,
    Wallet,
    PayLater,
    GiftCard,
}

/// <summary>A payment method of the simulated site and the rules MultiSafepay has for it.</summary>
public sealed record Gateway(string Id, string Name, GatewayKind Kind)
{
    /// <summary>What the method is called in Dutch; null: as everywhere.</summary>
    public string? DutchName { get; init; }

    /// <summary>Empty: every supported currency.</summary>
    public IReadOnlyList<string> Currencies { get; init; } = [];

    /// <summary>Empty: every country.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    public long MinAmount { get; init; }

    public long? MaxAmount { get; init; }

    /// <summary>How long a started transaction waits for the customer; null: for ever.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>How long after payment a refund is possible; null: it never is.</summary>
    public TimeSpan? RefundWindow { get; init; }

    /// <summary>A payment is refunded at most once, in full or in part.</summary>
    public bool RefundsOnce { get; init; }

    public bool CartRequired { get; init; }

    /// <summary>A site has the method unless it is switched off; otherwise, only if it is switched on.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>A wallet whose payments are card payments.</summary>
    public bool HoldsCard { get; init; }

    /// <summary>The details of a payment can be stored for later ones (docs.multisafepay.com, Recurring payments).</summary>
    public bool Tokenizes => Kind == GatewayKind.Card || Id is "IDEAL" or "MISTERCASH" or "DIRDEB";

    /// <summary>How long an authorisation for manual capture holds; null: the method has none.</summary>
    public TimeSpan? AuthorizationLifetime { get; init; }

    /// <summary>The only VAT rates the method takes; empty: any.</summary>
    public IReadOnlyList<decimal> TaxRates { get; init; } = [];

    public IReadOnlyList<string> RequiredCustomerData { get; init; } = [];

    /// <summary>Hidden from the list of methods, yet accepted in an order: CREDITCARD stands for all cards.</summary>
    public bool IsGroup { get; init; }

    /// <summary>What MultiSafepay documents that payments and refunds of the method show.</summary>
    public DocumentedStatuses Documented => DocumentedStatuses.For(Id);

    /// <summary>Where a payment ends that succeeds.</summary>
    public StatusPair Succeeded => Documented.Succeeded(payLater: Kind == GatewayKind.PayLater);

    /// <summary>A pay later method that can still be cancelled when it is accepted; of the others the pages say that they can be refunded only.</summary>
    public bool CancellableWhenAccepted { get; init; }

    /// <summary>A method of which the pages say that a payment can no longer be cancelled once the customer has begun.</summary>
    public bool BegunIsFinal { get; init; }

    public bool NeedsIpAddress => Kind is GatewayKind.Card or GatewayKind.PayLater;

    /// <summary>The name in the language of a locale, such as nl_NL; MultiSafepay names its methods in the language that is asked for.</summary>
    public string NameIn(string? locale) => locale?.StartsWith("nl", StringComparison.OrdinalIgnoreCase) == true ? DutchName ?? Name : Name;

    public bool Suits(string? country, string? currency, long? amount) =>
        (country is null || Countries.Count == 0 || Countries.Contains(country, StringComparer.OrdinalIgnoreCase))
        && (currency is null || Currencies.Count == 0 || Currencies.Contains(currency, StringComparer.OrdinalIgnoreCase))
        && (amount is null || (amount >= MinAmount && amount <= (MaxAmount ?? long.MaxValue)));
}
