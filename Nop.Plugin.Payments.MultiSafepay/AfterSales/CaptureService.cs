using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>A capture that was made.</summary>
/// <param name="TransactionId">MultiSafepay's transaction id of the capture.</param>
/// <param name="OrderId">The capture's order id at MultiSafepay.</param>
public sealed record MadeCapture(string? TransactionId, string OrderId);

/// <summary>
/// Captures or releases card authorisations. Both are idempotent: a capture has an order id of its own, which MultiSafepay accepts only once, and the state that
/// MultiSafepay reports afterwards determines the result. As with refunds, nopCommerce is given a success as a <see cref="PendingSave"/>.
/// </summary>
public class CaptureService(
    LockedOrders lockedOrders,
    PaymentReader reader,
    Synchronizer synchronizer,
    IMultiSafepayClient client,
    FollowUpList followUpList,
    TimeProvider timeProvider)
{
    private const string CaptureSuffix = "-c";

    /// <summary>Captures what is left of an authorisation, up to the order's current total.</summary>
    /// <param name="order">The order as nopCommerce has it and will save it.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and the calls.</param>
    /// <exception cref="AfterSalesException">Nothing was captured, or only a part, or the outcome is not known; the resource says which.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay could not be asked; nothing was captured.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public Task<MadeCapture> CaptureAsync(Order order, CancellationToken cancellationToken) =>
        lockedOrders.RunOperationAsync(order, mustBeUnchanged: true, locked => CaptureAsync(locked, cancellationToken), cancellationToken);

    /// <summary>Releases an authorisation.</summary>
    /// <param name="order">The order as nopCommerce has it and will save it.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and the calls.</param>
    /// <exception cref="AfterSalesException">The authorisation was not released, or the outcome is not known; the resource says which.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay could not be asked.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public Task VoidAsync(Order order, CancellationToken cancellationToken) =>
        lockedOrders.RunOperationAsync(order, mustBeUnchanged: true, locked => VoidAsync(locked, cancellationToken), cancellationToken);

    private async Task<MadeCapture> CaptureAsync(LockedOrder locked, CancellationToken cancellationToken)
    {
        var (attempt, payment) = await FindAuthorizedAsync(locked, cancellationToken);
        if (IsCaptured(payment))
            return await ExpectSaveAsync(locked, attempt, payment);
        await EnsureStillHeldAsync(locked, payment, cancellationToken);

        // If the order's total is now lower than the authorised amount, only the total is captured. Earlier captures count towards it, and may already cover it.
        var captured = CapturedPayments.CapturedOf(payment.Whole);
        var wanted = Math.Min(attempt.Amount, attempt.CostOf(locked.Order.OrderTotal));
        var remain = Math.Min(payment.Whole.PaymentDetails?.CaptureRemain ?? attempt.Amount - captured, Math.Max(0, wanted - captured));
        attempt = wanted == attempt.Amount
            ? attempt with { CaptureAmount = null, CaptureTotal = null }
            : attempt with { CaptureAmount = wanted, CaptureTotal = locked.Order.OrderTotal };
        if (wanted < attempt.Amount && captured > 0 && captured >= wanted)
        {
            await locked.SaveAsync(locked.Record.With(attempt));
            return await locked.TryPullAsync(reader, attempt, cancellationToken) is { } enough && IsCaptured(enough)
                ? await ExpectSaveAsync(locked, attempt, enough)
                : throw new AfterSalesException("Capture.Unclear");
        }

        if (remain <= 0)
            throw new AfterSalesException("Capture.NothingLeft");
        if (remain + captured < wanted)
            throw new AfterSalesException("Capture.PartGone", MoneyText.Format(remain, attempt.Currency), MoneyText.Format(wanted, attempt.Currency));

        attempt = attempt with { CaptureOrderId = attempt.CaptureOrderId ?? CaptureId(attempt.OrderId) };
        await followUpList.AddWorkAsync(locked.Order.Id);
        await locked.SaveAsync(locked.Record.With(attempt).With(locked.Step(RecordedStep.CaptureRequested)));
        var refusal = await SendAsync(locked, attempt, remain, cancellationToken);
        var now = await locked.TryPullAsync(reader, attempt, cancellationToken);
        if (refusal is { OutcomeUnknown: false } && now is not null && CapturedPayments.CapturedOf(now.Whole) == captured && await IsTakenAsync(locked, attempt, cancellationToken))
        {
            // Rejected because the id belongs to another shop: nothing was captured under it, and nothing will be.
            attempt = attempt with { CaptureOrderId = CaptureId(attempt.OrderId, locked.Order.OrderGuid) };
            await locked.SaveAsync(locked.Record.With(attempt));
            refusal = await SendAsync(locked, attempt, remain, cancellationToken);
            now = await locked.TryPullAsync(reader, attempt, cancellationToken);
        }

        if (now is not null && IsCaptured(now))
            return await ExpectSaveAsync(locked, attempt, now);
        throw refusal is { OutcomeUnknown: false } ? RefundRules.Explain(refusal) : new AfterSalesException("Capture.Unclear");
    }

    // Whether another shop of the same site has an order under the capture's id: ids are unique among the completed orders of a site (API reference, error 1006), and a capture creates such
    // an order. An order without a reference (var1) may be the capture itself, but not if nobody has paid it.
    private async Task<bool> IsTakenAsync(LockedOrder locked, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await client.FindOrderAsync(locked.RequireCredentials(attempt), attempt.CaptureOrderId!, cancellationToken) is { } there
                && (there.Var1 is { Length: > 0 } reference ? !OrderReference.IsOf(reference, locked.Order) : IsUnpaid(there));
        }
        catch (MultiSafepayApiException)
        {
            return false;
        }
    }

    private static bool IsUnpaid(Transaction order) =>
        TransactionStates.From(order) is TransactionState.Initialized or TransactionState.Declined or TransactionState.Expired;

    // Returns the error of the call, or null. Whatever the answer, the state that MultiSafepay reports now determines the result: if the answer to an earlier try was lost, the capture is
    // rejected because it already exists.
    private async Task<MultiSafepayApiException?> SendAsync(LockedOrder locked, PaymentAttempt attempt, long amount, CancellationToken cancellationToken)
    {
        try
        {
            await client.CaptureAsync(locked.RequireCredentials(attempt), attempt.OrderId, new CaptureRequest
            {
                Amount = amount,
                NewOrderId = attempt.CaptureOrderId,
                Reason = "Captured in the shop",
                Description = FormattableString.Invariant($"Capture of order {attempt.OrderId}")
            }, cancellationToken);
            return null;
        }
        catch (MultiSafepayApiException exception)
        {
            return exception;
        }
    }

    private async Task<bool> VoidAsync(LockedOrder locked, CancellationToken cancellationToken)
    {
        var (attempt, payment) = await FindAuthorizedAsync(locked, cancellationToken);
        if (IsCaptured(payment) || CapturedPayments.CapturedOf(payment.Whole) > 0)
            throw new AfterSalesException("Void.Captured",
                MoneyText.Format(IsCaptured(payment) ? payment.Whole.Amount ?? attempt.Amount : CapturedPayments.CapturedOf(payment.Whole), attempt.Currency));
        if (!IsGivenBack(payment))
        {
            await EnsureStillHeldAsync(locked, payment, cancellationToken);
            await followUpList.AddWorkAsync(locked.Order.Id);
            AfterSalesException? refusal = null;
            try
            {
                await client.ReleaseAsync(locked.RequireCredentials(attempt), attempt.OrderId, "Cancelled in the shop", cancellationToken);
            }
            catch (MultiSafepayApiException exception)
            {
                refusal = exception.OutcomeUnknown ? new AfterSalesException("Void.Unclear") : RefundRules.Explain(exception);
            }

            payment = await locked.TryPullAsync(reader, attempt, cancellationToken) ?? payment;
            if (!IsGivenBack(payment))
                throw refusal ?? new AfterSalesException("Void.Unclear");
        }

        await locked.SaveAsync(locked.Record.With(locked.Step(RecordedStep.VoidRequested)) with
        {
            PendingSave = new PendingSave(PendingSaveKind.Void, AppliedEvents.Voided(payment.Whole.TransactionId), Now, locked.Order.RefundedAmount)
        });
        return true;
    }

    // The authorisation expired, or something else happened that was not reported to the shop: the order is brought up to date first.
    private async Task EnsureStillHeldAsync(LockedOrder locked, PulledPayment payment, CancellationToken cancellationToken)
    {
        if (!await locked.ReadAgainAndApplyAsync(synchronizer, payment.Whole, cancellationToken))
            throw new AfterSalesException("OrderChanged");
        if (TransactionStates.From(payment.Whole) != TransactionState.Authorized)
            throw new AfterSalesException("Capture.NotHeld");
    }

    private Task<(PaymentAttempt Attempt, PulledPayment Payment)> FindAuthorizedAsync(LockedOrder locked, CancellationToken cancellationToken)
    {
        var (order, record) = (locked.Snapshot, locked.Record);
        return locked.FindPaymentAsync(reader, payment => PayingTransaction.IsAuthorizedBy(order, record, payment.Whole.TransactionId), "Capture.NotHeld", cancellationToken);
    }

    private async Task<MadeCapture> ExpectSaveAsync(LockedOrder locked, PaymentAttempt attempt, PulledPayment payment)
    {
        await locked.SaveAsync(locked.Record with
        {
            PendingSave = new PendingSave(PendingSaveKind.Capture, AppliedEvents.Paid(payment.Whole.TransactionId), Now, locked.Order.RefundedAmount)
        });
        var capture = payment.Captures.FirstOrDefault(capture => capture.OrderId == attempt.CaptureOrderId) ?? (payment.Captures is [.., var last] ? last : null);
        return new MadeCapture(capture?.TransactionId ?? payment.Whole.TransactionId, capture?.OrderId ?? attempt.OrderId);
    }

    // A capture of the full amount returns the original order id, creates no order of its own and completes the original one (MultiSafepay's Python SDK 3.0.0, its own test of
    // captures); other captures are orders of their own. In both cases the whole payment is then one whose money was received.
    private static bool IsCaptured(PulledPayment payment) =>
        TransactionStates.From(payment.Whole) is TransactionState.Completed or TransactionState.Shipped or TransactionState.PartialRefunded or TransactionState.Refunded;

    private static bool IsGivenBack(PulledPayment payment) => TransactionStates.From(payment.Whole) is TransactionState.Void or TransactionState.Cancelled or TransactionState.Expired;

    /// <summary>
    /// The capture's own order id. It is always the same for the same payment, because MultiSafepay accepts an order id only once. If it would be too long, its beginning is cut off, because
    /// its end distinguishes the attempts of an order.
    /// </summary>
    /// <param name="orderId">The attempt's order id.</param>
    /// <param name="orderGuid">The order's GUID, for an id that no other shop of the site has; only if the first id is taken.</param>
    internal static string CaptureId(string orderId, Guid? orderGuid = null)
    {
        var suffix = orderGuid is { } guid ? CaptureSuffix + guid.ToString("N")[..8] : CaptureSuffix;
        return $"{orderId[Math.Max(0, orderId.Length + suffix.Length - OrderIds.MaxLength)..]}{suffix}";
    }

    private DateTime Now => timeProvider.GetUtcNow().UtcDateTime;
}
