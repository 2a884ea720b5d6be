using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>The result of a run of the reconciliation.</summary>
/// <param name="FinishedUtc">When the run ended, in UTC.</param>
/// <param name="Open">The number of open orders that were considered: recent ones, and those whose turn it was (<see cref="ReconciliationPlan"/>).</param>
/// <param name="Asked">The number of orders, open or paid, that MultiSafepay was asked about.</param>
/// <param name="Changed">The number of these orders that had changed.</param>
/// <param name="Failed">The number of orders whose check or follow-up failed, including those that another caller was working on.</param>
/// <param name="StoppedEarly">Whether work is left for the next run, because MultiSafepay cannot be reached or the limit of a run was reached.</param>
/// <param name="FollowedUp">The number of orders on the follow-up list that were processed, such as those with a waiting refund or an unreported shipment.</param>
/// <param name="CoveredUntilUtc">When the last run started that checked everything that was due, in UTC; null if there was none.</param>
public sealed record ReconciliationReport(
    DateTime FinishedUtc, int Open, int Asked, int Changed, int Failed, bool StoppedEarly, int FollowedUp = 0, DateTime? CoveredUntilUtc = null)
{
    /// <summary>Returns one line for the log.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Open} open orders, {Asked} compared with MultiSafepay, {Changed} changed, {Failed} failed{(StoppedEarly ? ", the rest comes with the next run" : string.Empty)}");
}
