using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>Moves an order on by the name of where it shall go: what the buttons of the pages and the control API call. Called under the ledger's lock.</summary>
public sealed class OrderTransitions(PaymentTransitions payments, RefundProcessor refunds, CaptureProcessor captures, ShipmentProcessor shipments, DocumentedMoves moves)
{
    /// <summary>Every name that <see cref="Apply"/> knows.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "started", "completed", "giftcard", "authorised", "waiting", "uncleared", "declined", "cancelled", "expired", "left", "paid-late", "shipped", "settled",
        "pair", "refunded", "refund-accepted", "refund-declined", "refund-pair", "captured", "released", "chargeback", "chargeback-reversed",
    ];

    /// <summary>The names that make sense for the order as it is now.</summary>
    public static IReadOnlyList<string> Possible(SimulatedOrder order)
    {
        if (order.Current is not { } current)
            return order.Session.ClosedAs is null ? ["completed", "declined", "cancelled", "expired", "uncleared", "left"] : [];

        List<string> names = [];
        if (current.Status is Status.Initialized or Status.Uncleared)
        {
            names.Add(CanAuthorize(current) ? "authorised" : "completed");
            names.AddRange(["declined", "cancelled", "expired"]);
            if (current.Status == Status.Initialized)
                names.Add("uncleared");
            if (current.Status == Status.Initialized && PaymentTransitions.CanWait(current))
                names.Add("waiting");
        }
        else if (PaymentTransitions.CanBeWithdrawn(current))
        {
            names.AddRange(["declined", "cancelled", "expired"]);
        }
        else if (current is { Completed: null, Status: Status.Void or Status.Cancelled or Status.Expired })
        {
            names.Add("paid-late");
        }

        if (SimulatedOrder.CaptureRemain(current) > 0)
            names.AddRange(["captured", "released"]);
        if (current is { IsPaid: true, Unshipped: > 0, Status: Status.Completed or Status.PartialRefunded })
            names.Add("shipped");
        if (PaymentTransitions.CanBeSettled(current))
            names.Add("settled");
        if (current.Refundable > 0)
            names.AddRange(["refunded", "chargeback"]);
        if (current.Reserved > 0)
            names.AddRange(["refund-accepted", "refund-declined"]);
        if (current.ChargedBack > 0)
            names.Add("chargeback-reversed");
        return names;
    }

    /// <summary>
    /// <paramref name="details"/> may hold: transaction (MultiSafepay's id; otherwise the current one), gateway (of a transaction that is begun),
    /// amount (of a refund, a capture, a part that is shipped), status and financial_status (of a pair, a cancellation, a chargeback, a refund),
    /// refund (MultiSafepay's id), new_order_id, reason.
    /// </summary>
    /// <exception cref="RefusalException">Unknown name, or not possible now.</exception>
    public void Apply(SimulatedOrder order, string to, JsonElement details = default)
    {
        switch (to)
        {
            case "started":
                Start(order, details);
                break;
            case "completed":
                payments.Complete(order, Paid(order, details), financialStatus: Fields.Text(details, "financial_status"));
                break;
            case "giftcard":
                payments.Complete(order, Paid(order, details), withGiftCard: true);
                break;
            case "authorised":
                payments.Authorize(order, Paid(order, details));
                break;
            case "waiting":
                payments.Wait(order, Open(order, details));
                break;
            case "uncleared":
                payments.Review(order, Open(order, details));
                break;
            case "declined":
                payments.Decline(order, Open(order, details), Fields.Text(details, "reason_code"), Fields.Text(details, "reason"));
                break;
            case "cancelled":
                payments.Cancel(order, Open(order, details), Fields.Text(details, "status"), Fields.Text(details, "financial_status"));
                break;
            case "expired":
                payments.Expire(order, Open(order, details));
                break;
            case "left":
                payments.Close(order, order.Session, Status.Cancelled);
                break;
            case "paid-late":
                payments.PayLate(order, Named(order, details) ?? order.Transactions.LastOrDefault() ?? throw RefusalException.NotNow("The order has no transaction"));
                break;
            case "pair":
                moves.Move(order, Open(order, details), Pair(details) ?? throw RefusalException.General("status and financial_status are required"));
                break;
            case "shipped":
                shipments.Ship(order, Existing(order, details), details);
                break;
            case "settled":
                payments.Settle(order, Existing(order, details));
                break;
            case "refunded":
                refunds.Refund(order, RefundBody(order, details), fromDashboard: true, Pair(details));
                break;
            case "refund-pair":
                refunds.Move(order, Waiting(order, details), Pair(details) ?? throw RefusalException.General("status and financial_status are required"));
                break;
            case "refund-accepted":
                refunds.Accept(order, Waiting(order, details));
                break;
            case "refund-declined":
                refunds.Reject(order, Waiting(order, details), Status.Declined);
                break;
            case "captured":
                captures.Capture(order, CaptureBody(details));
                break;
            case "released":
                captures.Release(order, Fields.Text(details, "reason") ?? "Cancelled in the simulator");
                break;
            case "chargeback":
                refunds.ChargeBack(order, Fields.Text(details, "status") ?? Status.Void);
                break;
            case "chargeback-reversed":
                refunds.ReverseChargeBack(order);
                break;
            default:
                throw RefusalException.General($"Unknown transition {to}; known are {string.Join(", ", Names)}");
        }
    }

    private static bool CanAuthorize(SimulatedTransaction transaction) =>
        transaction.Session.ManualCapture && GatewayCatalogue.Get(transaction.GatewayId).AuthorizationLifetime is not null;

    // The customer who never opened the link opens it now.
    private SimulatedTransaction Open(SimulatedOrder order, JsonElement details) => Named(order, details) ?? order.Current ?? Start(order, details);

    // What the box on the payment page says about storing the details.
    private SimulatedTransaction Paid(SimulatedOrder order, JsonElement details)
    {
        var transaction = Open(order, details);
        transaction.StoresDetails = !Fields.Has(details, "save") || Fields.IsTrue(details, "save");
        return transaction;
    }

    private SimulatedTransaction Start(SimulatedOrder order, JsonElement details)
    {
        order.Session.Openings++;
        return payments.Start(order, order.Session, Fields.Text(details, "gateway") ?? order.Session.GatewayId ?? (order.Session.ManualCapture ? "VISA" : "IDEAL"));
    }

    private static SimulatedTransaction Existing(SimulatedOrder order, JsonElement details) =>
        Named(order, details) ?? order.Current ?? throw RefusalException.NotNow("The order has no transaction");

    private static SimulatedTransaction? Named(SimulatedOrder order, JsonElement details) =>
        !Fields.TryWhole(details, "transaction", out var id) ? null
            : order.Transactions.Find(transaction => transaction.Id == id) ?? throw RefusalException.UnknownOrder();

    private static SimulatedRelatedTransaction Waiting(SimulatedOrder order, JsonElement details) =>
        Fields.Text(details, "refund") is { } id
            ? RefundProcessor.Reserved(order, id)
            : order.Transactions.SelectMany(transaction => transaction.Refunds).FirstOrDefault(refund => refund.IsWaiting)
                ?? throw RefusalException.NotNow("No refund waits");

    private static StatusPair? Pair(JsonElement details) =>
        Fields.Text(details, "status") is { } status && Fields.Text(details, "financial_status") is { } financialStatus ? new(status, financialStatus) : null;

    // As if the shop had asked.
    private static JsonElement RefundBody(SimulatedOrder order, JsonElement details)
    {
        var body = new JsonObject { ["currency"] = order.Session.Currency };
        foreach (var field in (ReadOnlySpan<string>)["amount", "refund_order_id", "description", "checkout_data"])
        {
            if (Fields.Has(details, field))
                body[field] = JsonNode.Parse(details.GetProperty(field).GetRawText());
        }

        return JsonSerializer.SerializeToElement(body);
    }

    private static JsonElement CaptureBody(JsonElement details)
    {
        var body = new JsonObject { ["new_order_status"] = Status.Completed };
        if (Fields.TryWhole(details, "amount", out var amount))
            body["amount"] = amount;
        if (Fields.Text(details, "new_order_id") is { } id)
            body["new_order_id"] = id;
        return JsonSerializer.SerializeToElement(body);
    }
}
