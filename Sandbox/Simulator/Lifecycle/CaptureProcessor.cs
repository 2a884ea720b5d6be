using System.Globalization;
using System.Text.Json;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>Takes money that a card authorisation holds, or lets go of it. Called under the ledger's lock.</summary>
public sealed class CaptureProcessor(Ledger ledger, PaymentTransitions payments, NotificationFactory notifications)
{
    /// <summary>
    /// What POST orders/{id}/capture does. A part becomes a completed transaction under an order id of its own. All of it at once completes the authorisation
    /// itself, and no other order is made (MultiSafepay's python-sdk 3.0.0, its test of captures), unless <see cref="ResponseShape.FullCaptureIsOrder"/> is set.
    /// </summary>
    /// <exception cref="RefusalException">1000, 1001 or 1006.</exception>
    public (SimulatedOrder Order, SimulatedTransaction Transaction) Capture(SimulatedOrder order, JsonElement body)
    {
        FieldRules.Check(body, FieldRules.Capture);
        var held = Authorized(order);
        if (Fields.Text(body, "new_order_status") is null)
            throw RefusalException.General("Invalid new_order_status: completed is expected");

        var remain = SimulatedOrder.CaptureRemain(held);
        var amount = remain;
        if (Fields.Has(body, "amount") && !Fields.TryWhole(body, "amount", out amount))
            throw new RefusalException(ErrorCode.Amount, "Invalid amount");
        if (amount < 1 || amount > remain)
            throw new RefusalException(ErrorCode.Amount, $"Invalid amount: {remain.ToString(CultureInfo.InvariantCulture)} is left to capture");

        if (amount == held.Amount && !order.Shape.Has(ResponseShape.FullCaptureIsOrder))
        {
            if (Fields.Text(body, "new_order_id") is { } unused)
                OrderCheck.CheckOrderId(unused);
            held.Authorization!.Captured = amount;
            held.Authorization.CapturedWhole = true;
            held.Completed = ledger.Now;
            held.Fee = 0.29m;
            payments.Move(order, held, Status.Completed, Status.Completed, "SUCCESS");
            return (order, held);
        }

        var id = OrderCheck.CheckOrderId(Fields.Text(body, "new_order_id") ?? UnusedId(order));
        if (ledger.TryFind(order.Site, id, out _))
            throw new RefusalException(ErrorCode.OrderId, "Invalid order ID: new_order_id is in use");

        var captured = CreateCapture(order, held, id, amount);
        held.Authorization!.Captured += amount;
        held.Related.Add(new()
        {
            Id = captured.Transaction.Id,
            Type = RelatedType.Capture,
            Amount = amount,
            OrderId = id,
            Description = Fields.Text(body, "description") ?? $"Capture of order {order.OrderId}",
            Created = captured.Transaction.Created,
            Modified = captured.Transaction.Created,
        });

        notifications.Tell(captured.Order, captured.Transaction);

        // The authorisation keeps its status while something of it is left.
        if (SimulatedOrder.CaptureRemain(held) == 0)
            payments.Move(order, held, held.Status, Status.Completed, held.Reason);
        else
            payments.Touch(order, held);
        return captured;
    }

    /// <summary>What PATCH capture/{id} {status: cancelled} does: the rest of the authorisation goes back to the customer.</summary>
    public SimulatedTransaction Release(SimulatedOrder order, string reason)
    {
        var held = Authorized(order);
        var rest = SimulatedOrder.CaptureRemain(held);
        held.Authorization!.Released += rest;
        var now = ledger.Now;
        held.Related.Add(new()
        {
            Id = ledger.NextTransactionId(),
            Type = RelatedType.AuthCancellation,
            Amount = rest,
            OrderId = order.OrderId,
            Description = reason,
            Created = now,
            Modified = now,
        });
        payments.Move(order, held, Status.Void, Status.Void, reason);
        return held;
    }

    private static SimulatedTransaction Authorized(SimulatedOrder order) =>
        order.Transactions.LastOrDefault(transaction => transaction.IsAuthorization && SimulatedOrder.CaptureRemain(transaction) > 0)
        ?? throw RefusalException.NotNow("There is nothing to capture");

    private (SimulatedOrder Order, SimulatedTransaction Transaction) CreateCapture(SimulatedOrder order, SimulatedTransaction held, string id, long amount)
    {
        var now = ledger.Now;
        var session = held.Session.Following(held.GatewayId, amount, now);
        var transaction = new SimulatedTransaction
        {
            Id = ledger.NextTransactionId(),
            Session = session,
            GatewayId = held.GatewayId,
            Amount = amount,
            Created = now,
            Modified = now,
            Completed = now,
            Status = Status.Completed,
            FinancialStatus = Status.Completed,
            Reason = "SUCCESS",
            Fee = 0.29m,
            CaptureOf = order.OrderId,
        };

        var capture = ledger.GetOrAdd(order.Site, id);
        ledger.AddSession(capture, session);
        capture.Transactions.Add(transaction);
        return (capture, transaction);
    }

    private string UnusedId(SimulatedOrder order)
    {
        for (var number = 1; ; number++)
        {
            var suffix = "-capture-" + number.ToString(CultureInfo.InvariantCulture);
            var stem = order.OrderId.Length + suffix.Length <= OrderCheck.MaxOrderId ? order.OrderId : order.OrderId[..(OrderCheck.MaxOrderId - suffix.Length)];
            if (!ledger.TryFind(order.Site, stem + suffix, out _))
                return stem + suffix;
        }
    }
}
