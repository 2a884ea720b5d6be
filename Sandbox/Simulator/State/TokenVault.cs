using System.Security.Cryptography;

namespace Sandbox.Simulator.State;

/// <summary>
/// The stored payment details of all accounts, oldest first. They belong to an account, not to a site: every site of the account finds them by the customer's
/// reference (docs.multisafepay.com, Recurring payments). Guarded by <see cref="Ledger.Gate"/>.
/// </summary>
public sealed class TokenVault
{
    private const int IdLength = 11;
    private readonly List<StoredToken> _tokens = [];
    private readonly Queue<PlannedPayment> _planned = new();

    public IReadOnlyList<StoredToken> All => _tokens;

    /// <summary>How the next payments with stored details end, first to come first.</summary>
    public IReadOnlyCollection<PlannedPayment> Planned => _planned;

    public IReadOnlyList<StoredToken> Of(SimulatorSite site, string reference) =>
        [.. _tokens.Where(token => token.AccountId == site.AccountId && token.Environment == site.Environment && token.Reference == reference)];

    public StoredToken? Find(SimulatorSite site, string reference, string id) => Of(site, reference).FirstOrDefault(token => token.Id == id);

    /// <summary>Across accounts, for the pages and the control API.</summary>
    public StoredToken? Find(string id) => _tokens.Find(token => token.Id == id);

    public void Add(StoredToken token) => _tokens.Add(token);

    public void Remove(StoredToken token) => _tokens.Remove(token);

    public void Plan(PlannedPayment payment) => _planned.Enqueue(payment);

    public void ForgetPlans() => _planned.Clear();

    /// <summary>How the payment that is made now ends: it succeeds unless something else was planned.</summary>
    public PlannedPayment NextPayment() => _planned.TryDequeue(out var planned) ? planned : PlannedPayment.Success;

    public void Clear()
    {
        _tokens.Clear();
        _planned.Clear();
    }

    public static string NewId() => RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789_-", IdLength);
}

/// <summary>How a payment with stored details ends: one of <see cref="Outcomes"/>, and for one that is declined why.</summary>
public sealed record PlannedPayment(string Outcome, string? ReasonCode = null, string? Reason = null)
{
    /// <summary>The customer has to confirm the payment by 3-D Secure, on a page.</summary>
    public const string Authenticate = "authenticate";

    public static readonly PlannedPayment Success = new(Status.Completed);

    public static IReadOnlyList<string> Outcomes { get; } = [Status.Completed, Status.Uncleared, Authenticate, Status.Declined];
}
