using System.Globalization;
using System.Text.Json;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>
/// Ships pay later orders, whole or in parts. A part is an amount without items (OpenAPI description, Partially ship order), and becomes an order of its own, which is
/// notified as shipped and is where it is refunded; the invoice order keeps its status, and is never completed (MultiSafepay's pages of e-invoicing and Pay After
/// Delivery, Partially ship order). That the invoice order lists its parts as related transactions of the type capture is assumed: no document says how it shows them.
/// Called under the ledger's lock.
/// </summary>
public sealed class ShipmentProcessor(Ledger ledger, PaymentTransitions payments, NotificationFactory notifications)
{
    private static readonly HashSet<string> _gateways = new(StringComparer.Ordinal) { "EINVOICE", "PAYAFTER", "BNPL_MF", "BNPL_INST", "BNPL_INSTM" };

    private int _cases;

    /// <summary>Whether orders of the method can be shipped in parts.</summary>
    public static bool CanBePartial(string gatewayId) => _gateways.Contains(gatewayId);

    /// <summary>What PATCH orders/{id} {status: shipped} does. Returns the part that was made; null for an order that was shipped whole.</summary>
    /// <exception cref="RefusalException">1000 or 1001: the order cannot be shipped, or not this part of it.</exception>
    public (SimulatedOrder Order, SimulatedTransaction Transaction)? Ship(SimulatedOrder order, SimulatedTransaction transaction, JsonElement body)
    {
        if (!transaction.IsPaid)
            throw RefusalException.NotNow("Only a paid order can be shipped");
        if (!Fields.Has(body, "amount"))
        {
            // Once parts were shipped, the rest is one more of them; afterwards only what is told of the shipment changes.
            if (transaction.ShippedInParts > 0)
                return transaction.Unshipped > 0 ? ShipPart(order, transaction, transaction.Unshipped) : null;
            payments.Ship(order, transaction);
            return null;
        }

        if (!CanBePartial(transaction.GatewayId) || order.Shape.Has(ResponseShape.PartialShipmentsOff))
            throw RefusalException.NotNow("Partial shipments are not active for this site");
        if (!Fields.TryWhole(body, "amount", out var amount) || amount < 1)
            throw new RefusalException(ErrorCode.Amount, "Invalid amount");
        if (amount > transaction.Unshipped)
            throw new RefusalException(ErrorCode.Amount, $"Invalid amount: {transaction.Unshipped.ToString(CultureInfo.InvariantCulture)} is left to ship");

        // Only a lesser amount than the order's makes it a partial shipment.
        if (amount == transaction.Amount)
        {
            payments.Ship(order, transaction);
            return null;
        }

        if (transaction.Status != Status.Completed || transaction.Refunded + transaction.Reserved > 0)
            throw RefusalException.NotNow($"An order that is {transaction.Status} cannot be shipped in parts");
        if (transaction.ShippedInParts > 0 && order.Shape.Has(ResponseShape.OnePartOnly))
            throw RefusalException.NotNow("Multi-shipment is not active for this site");
        return ShipPart(order, transaction, amount);
    }

    private (SimulatedOrder Order, SimulatedTransaction Transaction) ShipPart(SimulatedOrder order, SimulatedTransaction whole, long amount)
    {
        var now = ledger.Now;
        var session = whole.Session.Following(whole.GatewayId, amount, now);
        if (order.Shape.Has(ResponseShape.PartWithoutCart))
            session.Request.Remove("shopping_cart");
        var transaction = new SimulatedTransaction
        {
            Id = ledger.NextTransactionId(),
            Session = session,
            GatewayId = whole.GatewayId,
            Amount = amount,
            Created = now,
            Modified = now,
            Completed = now,
            Status = Status.Shipped,
            FinancialStatus = DocumentedStatuses.For(whole.GatewayId).FinancialStatusOfShipment(whole.FinancialStatus),
            Reason = "SUCCESS",
            Fee = 0.29m,
            PartOf = order.OrderId,
        };

        var part = ledger.GetOrAdd(order.Site, UnusedId(order.Site));
        ledger.AddSession(part, session);
        part.Transactions.Add(transaction);
        whole.ShippedInParts += amount;
        whole.Related.Add(new()
        {
            Id = transaction.Id,
            Type = RelatedType.Capture,
            Amount = amount,
            OrderId = part.OrderId,
            Description = $"Shipment of order {order.OrderId}",
            Created = now,
            Modified = now,
        });
        payments.Touch(order, whole);
        notifications.Tell(part, transaction);
        return (part, transaction);
    }

    private string UnusedId(SimulatorSite site)
    {
        while (true)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"case-{ledger.Now:yyyyMMdd}-06-{++_cases:0000}");
            if (!ledger.TryFind(site, id, out _))
                return id;
        }
    }
}
