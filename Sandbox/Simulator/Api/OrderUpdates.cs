using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Api;

/// <summary>What PATCH orders/{id} can change: ship, cancel, invoice, and a longer Klarna authorisation.</summary>
public sealed class OrderUpdates(PaymentTransitions payments, ShipmentProcessor shipments)
{
    private const int KlarnaExtensionDays = 42;

    private static readonly string[] _shipmentFields =
        ["carrier", "invoice_id", "invoice_url", "memo", "po_number", "ship_date", "tracktrace_code", "tracktrace_url"];

    /// <summary>Returns what the answer's data holds: an empty object but for an extension and a partial shipment.</summary>
    /// <exception cref="RefusalException">The order is not in a state for it, or the body asks for nothing known or breaks a limit.</exception>
    public JsonObject Apply(SimulatedOrder order, JsonElement body)
    {
        FieldRules.Check(body, FieldRules.Update);
        if (Fields.IsTrue(body, "extend_expiration"))
            return Extend(order, body);

        switch (Fields.Text(body, "status"))
        {
            case Status.Shipped:
                return Ship(order, body);

            case Status.Cancelled:
                payments.CancelOrder(order);
                order.Excluded |= Fields.IsTrue(body, "exclude_order");
                return [];

            case null when Remember(order, body):
                return [];

            default:
                throw RefusalException.NotNow("Invalid request");
        }
    }

    private JsonObject Ship(SimulatedOrder order, JsonElement body)
    {
        if (order.Current is not { IsPaid: true } transaction)
            throw RefusalException.NotNow("Only a paid order can be shipped");
        var part = shipments.Ship(order, transaction, body);
        Remember(part?.Order ?? order, body);
        return part is { } made ? new() { ["order_id"] = made.Order.OrderId, ["transaction_id"] = made.Transaction.Id } : [];
    }

    private static bool Remember(SimulatedOrder order, JsonElement body)
    {
        var found = false;
        foreach (var field in _shipmentFields)
        {
            if (Fields.Text(body, field) is not { } value)
                continue;
            order.Shipment[field] = value;
            found = true;
        }

        return found;
    }

    private JsonObject Extend(SimulatedOrder order, JsonElement body)
    {
        if (Fields.Text(body, "reason") is null)
            throw RefusalException.NotNow("Invalid reason: it is required");
        if (order.Current is not { GatewayId: "KLARNA", Status: Status.Completed } transaction)
            throw RefusalException.NotNow("Only a Klarna order that is not shipped can be extended");

        transaction.Extension += TimeSpan.FromDays(KlarnaExtensionDays);
        payments.Touch(order, transaction);
        var until = transaction.Created + TimeSpan.FromDays(KlarnaExtensionDays) + transaction.Extension;
        return new() { ["expiration_date"] = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
    }
}
