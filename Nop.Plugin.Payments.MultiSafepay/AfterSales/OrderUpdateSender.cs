using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Reports to MultiSafepay that an order was shipped, and the number of its invoice, once each. What fails is retried by the scheduled task. What to report is derived from the
/// state of the order, so nothing is lost if the shop crashes.
/// </summary>
public class OrderUpdateSender(
    LockedOrders lockedOrders,
    StoreSettings storeSettings,
    ShipmentReader shipmentReader,
    PartialShipmentSender partialShipments,
    PaymentReader reader,
    IMultiSafepayClient client,
    MerchantAlerts alerts,
    OrderNotesAndLog notesAndLog) : IFollowUpStep
{
    private const int MaxInvoiceIdLength = 50;

    int IFollowUpStep.Position => 3;

    /// <summary>Reports what is due for an order: the shipment, the invoice number.</summary>
    /// <exception cref="AfterSalesException">The order is being changed, or the shop has no key for its payment.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; the report is retried.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public Task RunAsync(Order order, CancellationToken cancellationToken) => lockedOrders.RunOperationAsync(order, mustBeUnchanged: false, async locked =>
    {
        if (PaidAttempt(locked.Order, locked.Record) is not { } attempt)
            return false;
        await TellShipmentAsync(locked, attempt, cancellationToken);
        await TellInvoiceAsync(locked, attempt, cancellationToken);
        return true;
    }, cancellationToken);

    /// <summary>Whether there is something to report now.</summary>
    public async Task<bool> IsDueAsync(Order order, PaymentRecord record) => PaidAttempt(order, record) is { } attempt
        && (!record.Has(AppliedEvents.InvoiceSent)
            || (await storeSettings.ForStoreAsync(order.StoreId) is var settings
                && (await NewShipmentAsync(order, record, settings) is not null || await partialShipments.IsDueAsync(order, record, attempt, settings))));

    private async Task TellShipmentAsync(LockedOrder locked, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        var whole = await NewShipmentAsync(locked.Order, locked.Record, locked.Settings);
        if ((whole is not null || await partialShipments.IsDueAsync(locked.Order, locked.Record, attempt, locked.Settings)) && await partialShipments.TellAsync(locked, attempt, cancellationToken))
            return;
        if (whole is not { } shipment)
            return;

        var credentials = locked.RequireCredentials(attempt);
        var payment = (await reader.PullAsync(locked.Order, locked.Settings, attempt, cancellationToken))?.Whole;
        var state = payment is null ? TransactionState.Unknown : TransactionStates.From(payment);
        var isWanted = locked.Settings.ShipmentMode == ShipmentMode.All || PayLaterMethods.Contains(payment?.PaymentDetails?.Type);
        var isTold = isWanted && state is TransactionState.Completed or TransactionState.Shipped or TransactionState.PartialRefunded
            && await SendUpdateAsync(locked, attempt, shipment.Update, "ShipmentFailed", credentials, cancellationToken);

        if (isTold)
            await alerts.DismissAsync(locked.Order, MerchantAlerts.ShipmentDue);

        // A payment that is voided after its goods were shipped is a chargeback, so only a shipment that MultiSafepay has accepted is recorded as shipped.
        var record = locked.Record.With((isTold ? AppliedEvents.ShippedPrefix : AppliedEvents.ShipmentSkippedPrefix) + shipment.Hash);
        await locked.SaveAsync(isTold ? record.With(locked.Step(RecordedStep.ShipmentReported)) : record);
    }

    private async Task TellInvoiceAsync(LockedOrder locked, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        if (locked.Record.Has(AppliedEvents.InvoiceSent))
            return;

        // In the account of another key, the same order id may belong to another shop.
        var credentials = locked.RequireCredentials(attempt);
        if (attempt.KeyFingerprint != credentials.Fingerprint && await reader.PullAsync(locked.Order, locked.Settings, attempt, cancellationToken) is null)
        {
            await locked.SaveAsync(locked.Record.With(AppliedEvents.InvoiceSent));
            return;
        }

        var invoiceId = FieldText.Clean(locked.Order.CustomOrderNumber, MaxInvoiceIdLength);
        await SendUpdateAsync(locked, attempt, new OrderUpdate { InvoiceId = invoiceId }, "InvoiceFailed", credentials, cancellationToken);
        await locked.SaveAsync(locked.Record.With(AppliedEvents.InvoiceSent));
    }

    // A temporary failure is noted once, rethrown and retried; a rejected API key counts as one. Any other rejection is noted and final, because a retry would be rejected again.
    private async Task<bool> SendUpdateAsync(
        LockedOrder locked, PaymentAttempt attempt, OrderUpdate update, string failure, ApiCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpdateOrderAsync(credentials, attempt.OrderId, update, cancellationToken);
            return true;
        }
        catch (MultiSafepayApiException exception) when (exception is { IsTransient: false, OutcomeUnknown: false, Code: not MultiSafepayErrorCodes.ApiKey })
        {
            await notesAndLog.NoteAsync(locked.Order, failure, FormattableString.Invariant($"{exception.Code}"), exception.Info);
            return false;
        }
        catch (MultiSafepayApiException)
        {
            await locked.OnceAsync(failure, () => notesAndLog.NoteAsync(locked.Order, $"{failure}Yet"));
            throw;
        }
    }

    private async Task<(string Hash, OrderUpdate Update)?> NewShipmentAsync(Order order, PaymentRecord record, MultiSafepaySettings settings) =>
        settings.ShipmentMode != ShipmentMode.None && await shipmentReader.IsFulfilledAsync(order)
            && await shipmentReader.ReadAsync(order) is var shipment
            && !record.Has(AppliedEvents.ShippedPrefix + shipment.Hash) && !record.Has(AppliedEvents.ShipmentSkippedPrefix + shipment.Hash)
            ? shipment
            : null;

    // The attempt that paid the order; null if the order was paid by other means.
    private static PaymentAttempt? PaidAttempt(Order order, PaymentRecord record) =>
        order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded ? PayingTransaction.AttemptOf(OrderSnapshot.From(order), record) : null;
}
