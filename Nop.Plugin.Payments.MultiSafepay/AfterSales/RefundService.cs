using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Refunds payments at MultiSafepay, each refund once. A refund gets an id and is recorded before it is sent. If the answer is lost, the state that MultiSafepay reports under that
/// id determines the result, and a repetition sends the same id again, protected by MultiSafepay's own guard against double refunds.
/// </summary>
/// <remarks>
/// <para>
/// nopCommerce knows only two results: success, after which it counts the amount, changes the payment status and notifies the customer by e-mail; and errors, which
/// it only shows and notes. A refund that MultiSafepay has accepted and not made yet, because it is waiting for the bank or for balance in the account,
/// is neither. It is returned as an error that says so: a success could not be undone if the refund were declined, and the customer would have
/// been notified of money that did not arrive. The record contains the refund as waiting, and the synchronizer books it when it is made.
/// </para>
/// <para>
/// nopCommerce is given a success as a <see cref="PendingSave"/>, which is counted in the record only when nopCommerce has saved it. So the amounts that nopCommerce counts
/// and those in the record cannot diverge, even if a crash or a notification comes in between.
/// </para>
/// </remarks>
public class RefundService(
    LockedOrders lockedOrders,
    PaymentReader reader,
    Synchronizer synchronizer,
    IMultiSafepayClient client,
    RefundRequests requests,
    MadeRefunds madeRefunds,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>
    /// The time after which a refund that MultiSafepay does not list counts as never received. It is longer than any call and longer than the guard against double refunds.
    /// </summary>
    public static readonly TimeSpan NotFoundGracePeriod = TimeSpan.FromMinutes(10);

    /// <summary>Refunds a part of an order, or what is left of it.</summary>
    /// <param name="order">The order as nopCommerce has it and will save it.</param>
    /// <param name="amount">The amount in the primary store currency; rounded to the four decimals that nopCommerce stores.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and the calls.</param>
    /// <returns>The payment status that nopCommerce must set.</returns>
    /// <exception cref="AfterSalesException">Nothing was refunded, or the outcome is not known or not final; the resource says which.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay could not be asked; nothing was refunded.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public Task<PaymentStatus> RefundAsync(Order order, decimal amount, CancellationToken cancellationToken) =>
        lockedOrders.RunOperationAsync(order, mustBeUnchanged: true, locked => RefundAsync(locked, amount, cancellationToken), cancellationToken);

    /// <summary>Withdraws a refund that is waiting.</summary>
    /// <param name="order">The order.</param>
    /// <param name="refundId">
    /// The refund's id: the shop's id, or MultiSafepay's transaction id. The refund may have been made in MultiSafepay's dashboard.
    /// </param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and the calls.</param>
    /// <exception cref="AfterSalesException">The refund is not waiting (any more), or MultiSafepay rejected the withdrawal.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay could not be asked before or after the call; the refund may have been withdrawn.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public Task WithdrawAsync(Order order, string refundId, CancellationToken cancellationToken) =>
        lockedOrders.RunOperationAsync(order, mustBeUnchanged: false, locked => WithdrawAsync(locked, refundId, cancellationToken), cancellationToken);

    /// <summary>
    /// Marks refunds that MultiSafepay never received as failed, after asking it. For the scheduled task, which has synchronized the order before.
    /// </summary>
    internal Task GiveUpAsync(Order order, CancellationToken cancellationToken) => lockedOrders.RunOperationAsync(order, mustBeUnchanged: false, async locked =>
    {
        foreach (var attempt in locked.Record.Attempts.Where(attempt => locked.Record.RefundAttempts.Any(refund => IsOverdue(refund) && refund.AttemptId == attempt.OrderId)))
        {
            if (await reader.PullAsync(locked.Order, locked.Settings, attempt, cancellationToken) is { } payment)
                await GiveUpAsync(locked, payment.Whole);
        }

        return true;
    }, cancellationToken);

    private async Task<PaymentStatus> RefundAsync(LockedOrder locked, decimal asked, CancellationToken cancellationToken)
    {
        // The amount that nopCommerce can store: another plugin may ask for more decimals than the database has.
        var amount = OrderAmounts.Round(asked);
        var (attempt, payment) = await FindPaidAsync(locked, cancellationToken);

        // If the owner repeats a refund whose outcome is not known, it is the same refund.
        var earlier = locked.Record.RefundAttempts.FirstOrDefault(refund => refund is { State: RefundState.Open, IsOfSplit: false }
            && refund.AttemptId == attempt.OrderId && refund.OrderAmount == amount);
        if (earlier is not null)
        {
            switch (RefundStatuses.Find(payment.Whole, earlier).Status)
            {
                case RefundStatus.Made:
                    return await ExpectSaveAsync(locked, [earlier]);
                case RefundStatus.NotThere:
                    var repeated = await requests.CreateAsync(locked.Order, attempt, earlier, payment);
                    return await ExpectSaveAsync(locked, [await SendAsync(locked, attempt, payment, earlier, repeated, isRepeated: true, cancellationToken)]);
            }
        }

        if (!await locked.ReadAgainAndApplyAsync(synchronizer, payment.Whole, cancellationToken))
            throw new AfterSalesException("OrderChanged");

        await GiveUpAsync(locked, payment.Whole);
        if (locked.Record.RefundAttempts.FirstOrDefault(refund => refund.State == RefundState.Open) is { } open)
            throw new AfterSalesException("Refund.EarlierUnclear", MoneyText.Format(open.Amount, attempt.Currency));
        if (locked.Record.RefundAttempts.FirstOrDefault(refund => refund.State == RefundState.Waiting && refund.OrderAmount == amount) is { } waiting)
            throw new AfterSalesException("Refund.EarlierWaits", MoneyText.Format(waiting.Amount, attempt.Currency));

        var made = new List<RefundAttempt>();
        var refunds = RefundRequests.Next(locked, attempt, payment, amount, Now);
        foreach (var refund in refunds)
        {
            try
            {
                var request = await requests.CreateAsync(locked.Order, attempt, refund, payment);
                await followUpList.AddWorkAsync(locked.Order.Id);
                await locked.SaveAsync(locked.Record.With(refund));
                made.Add(await SendAsync(locked, attempt, payment, refund, request, isRepeated: false, cancellationToken));
            }
            catch (AfterSalesException) when (made.Count > 0)
            {
                throw await PartlyMadeAsync(locked, attempt, made, refunds, cancellationToken);
            }
        }

        return await ExpectSaveAsync(locked, made);
    }

    // nopCommerce knows only a whole success. What was made of the refund is booked like one that was made in the dashboard, and the owner is told what is missing.
    private async Task<AfterSalesException> PartlyMadeAsync(
        LockedOrder locked, PaymentAttempt attempt, List<RefundAttempt> made, IReadOnlyList<RefundAttempt> refunds, CancellationToken cancellationToken)
    {
        if (await locked.TryPullAsync(reader, attempt, cancellationToken) is { } payment)
            await locked.ReadAgainAndApplyAsync(synchronizer, payment.Whole, cancellationToken);
        return new AfterSalesException("Refund.PartlyMade",
            MoneyText.Format(made.Sum(refund => refund.Amount), attempt.Currency), MoneyText.Format(refunds.Sum(refund => refund.Amount), attempt.Currency));
    }

    // Returns the refund once it was made.
    private async Task<RefundAttempt> SendAsync(
        LockedOrder locked, PaymentAttempt attempt, PulledPayment payment, RefundAttempt refund, RefundRequest request, bool isRepeated, CancellationToken cancellationToken)
    {
        var isAccepted = false;
        if (isRepeated)
            await locked.SaveAsync(locked.Record.With(refund = refund with { CreatedUtc = Now }));
        try
        {
            var created = await client.RefundAsync(locked.RequireCredentials(attempt), refund.OrderId, request, cancellationToken);
            isAccepted = true;
            refund = refund with { TransactionId = created.RefundId ?? created.TransactionId };
            await locked.SaveAsync(locked.Record.With(refund));
        }
        catch (MultiSafepayApiException exception) when (!exception.OutcomeUnknown && !isRepeated)
        {
            await locked.SaveAsync(locked.Record.With(refund with { State = RefundState.Off }));
            throw RefundRules.Explain(exception, payment.Whole, refund, locked.Record, Now);
        }
        catch (MultiSafepayApiException)
        {
            // The answer is lost, or a repetition was rejected, which says nothing about the first try. The state that MultiSafepay reports now determines the result.
        }

        return await ConcludeAsync(locked, attempt, refund, isAccepted, cancellationToken);
    }

    private async Task<RefundAttempt> ConcludeAsync(LockedOrder locked, PaymentAttempt attempt, RefundAttempt refund, bool isAccepted, CancellationToken cancellationToken)
    {
        var (status, related) = await locked.TryPullAsync(reader, attempt, cancellationToken) is { } payment ? RefundStatuses.Find(payment.Whole, refund) : default;
        refund = refund with { TransactionId = related?.TransactionId ?? refund.TransactionId };
        var money = MoneyText.Format(refund.Amount, attempt.Currency);
        switch (status)
        {
            case RefundStatus.Made:
                await locked.SaveAsync(locked.Record.With(refund));
                return refund;
            case RefundStatus.Off:
                await locked.SaveAsync(locked.Record.With(refund with { State = RefundState.Off }));
                throw new AfterSalesException("Refund.Declined", money);
            case RefundStatus.Waiting:
                await notesAndLog.NoteAsync(locked.Order, "RefundWaits", money, refund.TransactionId ?? refund.RefundOrderId);
                await locked.SaveAsync(locked.Record.With(refund with { State = RefundState.Waiting }));
                throw new AfterSalesException("Refund.Waits", money);
            case RefundStatus.NotThere when isAccepted:
                await locked.SaveAsync(locked.Record.With(refund with { State = RefundState.Waiting }));
                throw new AfterSalesException("Refund.Accepted", money);
            default:
                throw new AfterSalesException("Refund.Unclear", money);
        }
    }

    private async Task<PaymentStatus> ExpectSaveAsync(LockedOrder locked, IReadOnlyList<RefundAttempt> refunds)
    {
        var before = locked.Order.RefundedAmount;
        var save = new PendingSave(PendingSaveKind.Refund, refunds[0].RefundOrderId, Now, before)
        {
            MoreKeys = refunds.Count == 1 ? null : [.. refunds.Skip(1).Select(refund => refund.RefundOrderId)]
        };
        await locked.SaveAsync(refunds.Aggregate(locked.Record, (record, refund) => record.With(refund)) with { PendingSave = save });
        madeRefunds.Remember(locked.Order.Id, refunds, locked.Record.Find(refunds[0].AttemptId)?.Currency ?? string.Empty);
        return OrderAmounts.IsAtLeast(before + refunds.Sum(refund => refund.OrderAmount), locked.Order.OrderTotal) ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded;
    }

    private async Task<bool> WithdrawAsync(LockedOrder locked, string refundId, CancellationToken cancellationToken)
    {
        foreach (var attempt in locked.Record.Attempts.Where(attempt => attempt.IsOfInterest).Reverse())
        {
            if (await reader.PullAsync(locked.Order, locked.Settings, attempt, cancellationToken) is not { } payment
                || Waiting(locked.Record, payment, refundId) is not { TransactionId: { } id } related)
                continue;

            var target = payment.Captures.FirstOrDefault(capture => capture.RelatedTransactions.Contains(related))?.OrderId ?? attempt.OrderId;
            try
            {
                await client.WithdrawRefundAsync(locked.RequireCredentials(attempt), target, id, cancellationToken);
            }
            catch (MultiSafepayApiException exception) when (!exception.OutcomeUnknown)
            {
                throw RefundRules.Explain(exception);
            }
            catch (MultiSafepayApiException)
            {
                // The answer is lost; the state that MultiSafepay reports now determines the result.
            }

            var now = await reader.PullAsync(locked.Order, locked.Settings, attempt, cancellationToken) ?? payment;
            await locked.ReadAgainAndApplyAsync(synchronizer, now.Whole, cancellationToken);
            return RefundStatuses.From(now.Whole.RelatedTransactions.FirstOrDefault(other => other.TransactionId == id)) == RefundStatus.Off
                ? true
                : throw new AfterSalesException("Refund.NotWithdrawn");
        }

        throw new AfterSalesException("Refund.NotWaiting");
    }

    private static RelatedTransaction? Waiting(PaymentRecord record, PulledPayment payment, string refundId) => payment.Whole.RelatedTransactions.FirstOrDefault(related =>
        RefundStatuses.IsWaiting(related)
        && (related.TransactionId == refundId || (record.FindRefund(refundId) is { } refund && RefundStatuses.Find(payment.Whole, refund).Related == related)));

    private Task<(PaymentAttempt Attempt, PulledPayment Payment)> FindPaidAsync(LockedOrder locked, CancellationToken cancellationToken)
    {
        var (order, record) = (locked.Snapshot, locked.Record);
        return locked.FindPaymentAsync(
            reader,
            payment => PayingTransaction.IsPaidBy(order, record, payment.Whole.TransactionId)
                || payment.Captures.Any(capture => PayingTransaction.IsPaidBy(order, record, capture.TransactionId)),
            "Refund.NotPaidHere",
            cancellationToken);
    }

    private async Task GiveUpAsync(LockedOrder locked, Transaction payment)
    {
        foreach (var refund in locked.Record.RefundAttempts.Where(refund => IsOverdue(refund) && RefundStatuses.Find(payment, refund).Status == RefundStatus.NotThere).ToList())
        {
            await notesAndLog.NoteAsync(locked.Order, "RefundNeverMade",
                locked.Record.Find(refund.AttemptId) is { } attempt ? MoneyText.Format(refund.Amount, attempt.Currency) : "-", refund.RefundOrderId);
            await locked.SaveAsync(locked.Record.With(refund with { State = RefundState.Off }));
        }
    }

    private bool IsOverdue(RefundAttempt refund) => refund.State == RefundState.Open && Now - refund.CreatedUtc >= NotFoundGracePeriod;

    private DateTime Now => timeProvider.GetUtcNow().UtcDateTime;
}
