using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>What a run of the reconciliation found.</summary>
/// <param name="FinishedUtc">When it ended, in UTC.</param>
/// <param name="Open">How many open orders it looked at: the young ones, and those whose turn it was (<see cref="ReconciliationPlan"/>).</param>
/// <param name="Asked">For how many of them, and of those that were paid, it asked MultiSafepay.</param>
/// <param name="Changed">How many of them had changed.</param>
/// <param name="Failed">How many could not be compared.</param>
/// <param name="StoppedEarly">Whether it left work for the next run: MultiSafepay is out of reach, or there was too much.</param>
/// <param name="FollowedUp">How many other orders it looked at, that have something still to do: a refund that waits, a shipment to tell.</param>
/// <param name="CoveredUntilUtc">When the last run was that left nothing to the next one, in UTC; null for never.</param>
public sealed record ReconciliationReport(
    DateTime FinishedUtc, int Open, int Asked, int Changed, int Failed, bool StoppedEarly, int FollowedUp = 0, DateTime? CoveredUntilUtc = null)
{
    /// <summary>One line for the log.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Open} open orders, {Asked} compared with MultiSafepay, {Changed} changed, {Failed} failed{(StoppedEarly ? ", the rest comes with the next run" : string.Empty)}");
}
