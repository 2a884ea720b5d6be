using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>A payment as MultiSafepay has it now.</summary>
/// <param name="Whole">The payment with its captures, as one transaction.</param>
/// <param name="Captures">The orders of its captures; empty for a payment that is not captured by hand. Refunds go to these, where there are any.</param>
public sealed record PulledPayment(Transaction Whole, IReadOnlyList<Transaction> Captures);

/// <summary>What MultiSafepay has under the order id of an attempt.</summary>
/// <param name="Payment">The payment; null when MultiSafepay knows no transaction of the order there, because the customer never opened the payment page.</param>
/// <param name="IsOfAnotherShop">Whether another shop of the same MultiSafepay site uses the id: what is there is not the order's.</param>
public sealed record PaymentReading(PulledPayment? Payment, bool IsOfAnotherShop = false);

/// <summary>Asks MultiSafepay how a payment stands.</summary>
public class PaymentReader(StoreSettings storeSettings, IMultiSafepayClient client, OrderNotesAndLog notesAndLog)
{
    /// <summary>Reads the payment and, where it was captured by hand, its captures.</summary>
    /// <param name="order">The order. What MultiSafepay has under the attempt's id and not for this order is no payment of this one.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="attempt">The payment.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Null when MultiSafepay knows no transaction of the order under this id.</returns>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer, or the shop has no key for the attempt's environment.</exception>
    public async Task<PulledPayment?> PullAsync(Order order, MultiSafepaySettings settings, PaymentAttempt attempt, CancellationToken cancellationToken) =>
        (await ReadAsync(order, settings, attempt, cancellationToken)).Payment;

    /// <summary>The same, and why there is no payment of the order where there is none.</summary>
    /// <inheritdoc cref="PullAsync" path="/param"/>
    /// <inheritdoc cref="PullAsync" path="/exception"/>
    public async Task<PaymentReading> ReadAsync(Order order, MultiSafepaySettings settings, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        var credentials = storeSettings.RequireCredentials(settings, attempt.Environment);
        if (await client.FindOrderAsync(credentials, attempt.OrderId, cancellationToken) is not { } transaction)
            return new PaymentReading(null);

        if (!OrderReference.IsOf(transaction.Var1, order))
        {
            await notesAndLog.WarnAsync(string.Create(CultureInfo.InvariantCulture,
                $"order {order.Id}: MultiSafepay has {OrderNotesAndLog.Clean(attempt.OrderId)} for another order, so nothing of it is applied. "
                + $"Shops that share a MultiSafepay site need order ids of their own (setting \"order id\")."));
            return new PaymentReading(null, IsOfAnotherShop: true);
        }

        // A capture that our own payment names is ours. The one that was asked for may not be named yet; under its id there could be an order of another shop.
        var named = CapturedPayments.CaptureIdsOf(transaction).ToList();
        var captures = new List<Transaction>();
        foreach (var id in named.Concat(attempt.CaptureOrderId is { } asked ? [asked] : []).Distinct(StringComparer.Ordinal))
        {
            if (await client.FindOrderAsync(credentials, id, cancellationToken) is { } capture && capture.OrderId != transaction.OrderId
                && (named.Contains(id) || OrderReference.IsOf(capture.Var1, order)))
                captures.Add(capture);
        }

        return new PaymentReading(new PulledPayment(CapturedPayments.Whole(transaction, captures, attempt.CaptureAmount), captures));
    }
}
