using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Reports to MultiSafepay what has left of an order whose payment can be shipped in parts, each piece once. The amount of a part is what has left by now, less what was reported before, so
/// what is due follows from the order and the record. A part is recorded before it is sent; if its answer is lost, it is never sent again, and a report of the rest, which names no amount,
/// closes the gap once the last piece has left.
/// </summary>
public class PartialShipmentSender(ShipmentReader shipmentReader, PaymentReader reader, IMultiSafepayClient client, MerchantAlerts alerts, OrderNotesAndLog notesAndLog, TimeProvider timeProvider)
{
    /// <summary>Whether a part is to be reported now, although other pieces have not left yet.</summary>
    public async Task<bool> IsDueAsync(Order order, PaymentRecord record, PaymentAttempt attempt, MultiSafepaySettings settings) =>
        IsPossible(record, attempt, settings) && !attempt.PartsRefused && !await shipmentReader.IsFulfilledAsync(order) && await LeftToTellAsync(order, attempt, isAll: false) > 0;

    /// <summary>Reports the part of the order that has left and was not reported yet, or the rest of it if that is known to the minor unit.</summary>
    /// <returns>Whether nothing else needs to be reported; false if the order is to be reported as a whole.</returns>
    /// <exception cref="AfterSalesException">The shop has no key for the payment.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    public async Task<bool> TellAsync(LockedOrder locked, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        if (!IsPossible(locked.Record, attempt, locked.Settings))
            return false;
        var isAll = await shipmentReader.IsFulfilledAsync(locked.Order);
        if (isAll ? attempt.Parts.Count == 0 : attempt.PartsRefused || await LeftToTellAsync(locked.Order, attempt, isAll) <= 0)
            return !isAll;

        var credentials = locked.RequireCredentials(attempt);
        var payment = (await reader.PullAsync(locked.Order, locked.Settings, attempt, cancellationToken))?.Whole;
        if (payment is null || TransactionStates.From(payment) is not (TransactionState.Completed or TransactionState.Shipped or TransactionState.PartialRefunded))
        {
            // The payment has ended, so there is nothing to be shipped of it. With the last piece, that is recorded.
            if (!isAll)
                await locked.SaveAsync(locked.Record.With(attempt with { PartsRefused = true }));
            return !isAll;
        }

        if (attempt.WithParts(ShippedParts.In(payment), Now) is var seen && seen != attempt)
            await locked.SaveAsync(locked.Record.With(attempt = seen));
        var amount = await LeftToTellAsync(locked.Order, attempt, isAll);
        if (isAll && attempt.Parts.Any(part => part.OrderId is null))
            return !await CanTellRestAsync(locked, attempt);
        if (amount > 0)
            await SendAsync(locked, attempt, amount, isAll, credentials, cancellationToken);
        else if (isAll)
            await EndAsync(locked, attempt, AppliedEvents.ShippedPrefix);
        return true;
    }

    // Without partial shipments, what was begun is completed. An order that was refunded before it was shipped has no amount at MultiSafepay that the shop knows.
    private static bool IsPossible(PaymentRecord record, PaymentAttempt attempt, MultiSafepaySettings settings) => ShippedParts.ArePossible(attempt.PayLaterMethod)
        && settings.ShipmentMode != ShipmentMode.None
        && (attempt.Parts.Count > 0 || (settings.PartialShipments && !record.RefundsOf(attempt).Any() && !record.RefundAttempts.Any(refund => refund.IsUnsettled)));

    // What is reported altogether is never more than what was charged, nor than what the order costs by now.
    private async Task<long> LeftToTellAsync(Order order, PaymentAttempt attempt, bool isAll)
    {
        var cost = Math.Min(attempt.Amount, attempt.CostOf(order.OrderTotal));
        return (isAll ? cost : ShippedShare.Of(await shipmentReader.ItemsAsync(order), cost)) - attempt.ShippedInParts;
    }

    // It is not known whether MultiSafepay has taken a part. A report without an amount ships whatever is left, which is right only as long as nothing was taken off the order.
    private async Task<bool> CanTellRestAsync(LockedOrder locked, PaymentAttempt attempt)
    {
        if (attempt.CostOf(locked.Order.OrderTotal) >= attempt.Amount)
            return true;
        await WarnAsync(locked.Order, MoneyText.Format(attempt.Amount, attempt.Currency), string.Empty);
        await EndAsync(locked, attempt, AppliedEvents.ShipmentSkippedPrefix);
        return false;
    }

    private async Task SendAsync(LockedOrder locked, PaymentAttempt attempt, long amount, bool isAll, ApiCredentials credentials, CancellationToken cancellationToken)
    {
        var before = attempt;
        var part = new ShipmentPart(amount, Now);
        var (_, update) = await shipmentReader.ReadAsync(locked.Order, attempt.Parts.Count == 0 ? null : attempt.Parts.Max(other => other.SentUtc));
        await locked.SaveAsync(locked.Record.With(attempt = attempt with { Parts = [.. attempt.Parts, part] }));
        try
        {
            var answer = await client.UpdateOrderAsync(credentials, attempt.OrderId, update with { Amount = amount }, cancellationToken);
            attempt = attempt with { Parts = [.. before.Parts, part with { OrderId = answer.OrderId }], AuthorizedUntilUtc = EndAfter(attempt, part) };
        }
        catch (MultiSafepayApiException exception) when (!exception.OutcomeUnknown)
        {
            await locked.SaveAsync(locked.Record.With(before));
            if (exception.IsTransient || exception.Code == MultiSafepayErrorCodes.ApiKey)
            {
                await locked.OnceAsync("ShipmentFailed", () => notesAndLog.NoteAsync(locked.Order, "ShipmentFailedYet"));
                throw;
            }

            await RefusedAsync(locked, before, amount, isAll, exception);
            return;
        }
        catch (MultiSafepayApiException)
        {
            await locked.OnceAsync("PartUnclear", () => notesAndLog.NoteAsync(locked.Order, "PartUnclear", MoneyText.Format(amount, attempt.Currency)));
            throw;
        }

        if (isAll)
            await EndAsync(locked, attempt, AppliedEvents.ShippedPrefix);
        else
            await locked.SaveAsync(locked.Record.With(attempt));
    }

    // Without an earlier part, nothing is lost: the order is reported when its last piece has left. After one, MultiSafepay has taken a part and will not collect the rest.
    private async Task RefusedAsync(LockedOrder locked, PaymentAttempt attempt, long amount, bool isAll, MultiSafepayApiException exception)
    {
        var reason = FormattableString.Invariant($"{exception.Code} {exception.Info}");
        if (attempt.Parts.Count == 0)
            await notesAndLog.NoteAsync(locked.Order, "PartRefused", reason);
        else
            await WarnAsync(locked.Order, MoneyText.Format(amount, attempt.Currency), reason);
        attempt = attempt with { PartsRefused = true };
        if (isAll)
            await EndAsync(locked, attempt, AppliedEvents.ShipmentSkippedPrefix);
        else
            await locked.SaveAsync(locked.Record.With(attempt));
    }

    private async Task EndAsync(LockedOrder locked, PaymentAttempt attempt, string prefix)
    {
        if (prefix == AppliedEvents.ShippedPrefix)
            await alerts.DismissAsync(locked.Order, MerchantAlerts.ShipmentDue);
        var record = locked.Record.With(attempt).With(prefix + (await shipmentReader.ReadAsync(locked.Order)).Hash);
        await locked.SaveAsync(prefix == AppliedEvents.ShippedPrefix ? record.With(locked.Step(RecordedStep.ShipmentReported)) : record);
    }

    private async Task WarnAsync(Order order, string amount, string reason)
    {
        await alerts.RaiseAsync(order, "PartNotTold");
        await notesAndLog.NoteAsync(order, "PartNotTold", amount, reason);
    }

    private static DateTime? EndAfter(PaymentAttempt attempt, ShipmentPart part) =>
        attempt.Parts.Count == 1 ? ShipmentDeadlines.EndAfterPartUtc(attempt.PayLaterMethod, part.SentUtc) ?? attempt.AuthorizedUntilUtc : attempt.AuthorizedUntilUtc;

    private DateTime Now => timeProvider.GetUtcNow().UtcDateTime;
}
