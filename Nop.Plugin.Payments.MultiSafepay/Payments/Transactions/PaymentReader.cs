using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>The current state of a payment at MultiSafepay.</summary>
/// <param name="Whole">The payment and its captures or shipped parts, combined into one transaction.</param>
/// <param name="Captures">The orders of its captures or shipped parts at MultiSafepay; empty if there are none. If there are any, refunds must be sent to them.</param>
public sealed record PulledPayment(Transaction Whole, IReadOnlyList<Transaction> Captures);

/// <summary>What MultiSafepay has under the order id of an attempt.</summary>
/// <param name="Payment">
/// The payment; null if MultiSafepay has no transaction of the order under the id, because the customer never opened the payment page or the id is another shop's.
/// </param>
/// <param name="IsOfAnotherShop">Whether another shop of the same MultiSafepay site uses the id, so that its transaction does not belong to the order.</param>
public sealed record PaymentReading(PulledPayment? Payment, bool IsOfAnotherShop = false);

/// <summary>Reads the current state of a payment from MultiSafepay.</summary>
public class PaymentReader(StoreSettings storeSettings, Deferred<IMultiSafepayClient> client, OrderNotesAndLog notesAndLog)
{
    /// <summary>Reads the payment and its captures, if it was captured manually, or its parts, if it was shipped in parts.</summary>
    /// <param name="order">The order. A transaction under the attempt's id that does not belong to this order is ignored.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="attempt">The payment.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>Null if MultiSafepay has no transaction of the order under this id.</returns>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer, or the shop has no key for the attempt's environment.</exception>
    public async Task<PulledPayment?> PullAsync(Order order, MultiSafepaySettings settings, PaymentAttempt attempt, CancellationToken cancellationToken) =>
        (await ReadAsync(order, settings, attempt, cancellationToken)).Payment;

    /// <summary>The same as <see cref="PullAsync"/>, with the reason if there is no payment of the order.</summary>
    /// <inheritdoc cref="PullAsync" path="/param"/>
    /// <inheritdoc cref="PullAsync" path="/exception"/>
    public async Task<PaymentReading> ReadAsync(Order order, MultiSafepaySettings settings, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        var credentials = storeSettings.RequireCredentials(settings, attempt.Environment);
        if (await client.Value.FindOrderAsync(credentials, attempt.OrderId, cancellationToken) is not { } transaction)
            return new PaymentReading(null);

        if (!OrderReference.IsOf(transaction.Var1, order))
        {
            await notesAndLog.WarnAsync(string.Create(CultureInfo.InvariantCulture,
                $"order {order.Id}: MultiSafepay has {OrderNotesAndLog.Clean(attempt.OrderId)} for another order, so nothing of it is applied. "
                + $"Shops that share a MultiSafepay site need order ids of their own (setting \"order id\")."));
            return new PaymentReading(null, IsOfAnotherShop: true);
        }

        // A capture that the payment itself refers to belongs to the order. A requested capture may not be listed there yet, and another shop could have an order under its id,
        // so its var1 is checked. MultiSafepay chooses the ids of shipped parts, and no document says that it copies the reference to them.
        var named = CapturedPayments.CaptureIdsOf(transaction).ToList();
        var captures = new List<Transaction>();
        var parts = attempt.Parts.Select(part => part.OrderId).OfType<string>().ToList();
        foreach (var id in named.Concat(attempt.CaptureOrderId is { } asked ? [asked] : []).Concat(parts).Distinct(StringComparer.Ordinal))
        {
            if (await client.Value.FindOrderAsync(credentials, id, cancellationToken) is { } capture && capture.OrderId != transaction.OrderId
                && (named.Contains(id) || OrderReference.IsOf(capture.Var1, order) || (parts.Contains(id) && string.IsNullOrEmpty(capture.Var1))))
                captures.Add(capture);
        }

        var isShippedInParts = captures.Count > 0 && ShippedParts.ArePossible(transaction.PaymentDetails?.Type);
        return new PaymentReading(new PulledPayment(
            isShippedInParts ? ShippedParts.Whole(transaction, captures) : CapturedPayments.Whole(transaction, captures, attempt.CaptureAmount), captures));
    }
}
