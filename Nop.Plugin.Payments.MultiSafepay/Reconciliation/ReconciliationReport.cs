using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>The result of a run of the reconciliation, and what the next run needs to know.</summary>
/// <param name="FinishedUtc">When the run ended, in UTC.</param>
/// <param name="Open">The number of orders with an open payment that were due.</param>
/// <param name="Asked">The number of orders, open or paid, that MultiSafepay was asked about.</param>
/// <param name="Changed">The number of these orders that had changed.</param>
/// <param name="Failed">The number of orders whose check or follow-up failed, including those that another caller was working on.</param>
/// <param name="StoppedEarly">Whether work is left for the next run, because MultiSafepay cannot be reached or the limit of a run was reached.</param>
/// <param name="FollowedUp">The number of orders with open work that were processed, such as those with a waiting refund or an unreported shipment.</param>
public sealed record ReconciliationReport(DateTime FinishedUtc, int Open, int Asked, int Changed, int Failed, bool StoppedEarly, int FollowedUp = 0)
{
    /// <summary>The accounts that could not be asked, by <see cref="Payments.Records.PaymentAttempt.KeyFingerprint"/>.</summary>
    public IReadOnlyDictionary<string, AccountFailure> Accounts { get; init; } = new Dictionary<string, AccountFailure>();

    /// <summary>
    /// The orders with this id and higher ones have been taken over from an earlier build of the plugin (<see cref="EarlierBuild"/>); null before the first run, 0 when all have been.
    /// </summary>
    public int? TakenOverFrom { get; init; }

    /// <summary>Returns one line for the log.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Open} open orders, {Asked} compared with MultiSafepay, {Changed} changed, {Failed} failed{(StoppedEarly ? ", the rest comes with the next run" : string.Empty)}");
}

/// <summary>An account at MultiSafepay that could not be asked: it does not answer, or it refuses the API key.</summary>
/// <param name="Pauses">How many times in a row it was left out.</param>
/// <param name="PausedUntilUtc">Until when it is left out, in UTC.</param>
/// <param name="WarnedUtc">When the owner was last warned of it in the log, in UTC.</param>
public sealed record AccountFailure(int Pauses, DateTime PausedUntilUtc, DateTime WarnedUtc);
