using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Faults;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>Gives money back: refunds asked for by the shop, and chargebacks that are not. Called under the ledger's lock.</summary>
public sealed class RefundProcessor(Ledger ledger, PaymentTransitions payments, NotificationFactory notifications, FaultRegistry faults, SimulatorOptions options)
{
    /// <summary>A second refund of the same amount within this time is taken for a double click.</summary>
    public static readonly TimeSpan DoubleRefundGuard = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What POST orders/{id}/refunds does. In MultiSafepay's dashboard a pay later order needs no cart for it, and there are refunds of methods that the API refuses.
    /// <paramref name="pair"/> is where the refund shall be then; otherwise it is made, or waits where there is a reason to wait and its method knows how.
    /// </summary>
    /// <exception cref="RefusalException">1001, 1002, 1027 or 1034.</exception>
    public SimulatedRelatedTransaction Refund(SimulatedOrder order, JsonElement body, bool fromDashboard = false, StatusPair? pair = null)
    {
        FieldRules.Check(body, FieldRules.Refund);
        var transaction = Refundable(order, fromDashboard);
        var payLater = GatewayCatalogue.Get(transaction.GatewayId).Kind == GatewayKind.PayLater;
        var checkout = Fields.Section(body, "checkout_data");
        if (payLater && !fromDashboard && transaction.Session.Request.ContainsKey("shopping_cart") && checkout.ValueKind != JsonValueKind.Object)
            throw new RefusalException(ErrorCode.Refund, "Cannot refund transaction: pay later orders are refunded with checkout_data");
        if (checkout.ValueKind == JsonValueKind.Object && (payLater || GivesItemsBack(checkout)))
            return Create(order, transaction, CartRefund(transaction, checkout), body, pair, Fields.Array(checkout, "items"));

        if (Fields.Text(body, "currency") != transaction.Session.Currency)
            throw new RefusalException(ErrorCode.Currency, "Invalid currency: it must be the order's");

        // Absent, empty or 0 is MultiSafepay's way of saying: all of it.
        long amount = 0;
        if (Fields.Has(body, "amount") && (!Fields.TryWhole(body, "amount", out amount) || amount < 0))
            throw new RefusalException(ErrorCode.Amount, "Invalid amount");
        // What a gift card paid of it is not given back.
        return Create(order, transaction, amount > 0 ? amount : fromDashboard ? transaction.Amount - transaction.GiftCardAmount : transaction.Amount, body, pair);
    }

    /// <summary>The refund is carried out, and shows what its method documents.</summary>
    public void Accept(SimulatedOrder order, SimulatedRelatedTransaction refund, StatusPair? pair = null)
    {
        var transaction = Owner(order, refund);
        Show(order, transaction, refund, pair ?? DocumentedStatuses.For(transaction.GatewayId).MadeRefund);

        // GET orders shows the cart with what was refunded of it; the next refund begins with that.
        if (refund.Cart is { } cart)
            transaction.Session.Request["shopping_cart"] = new JsonObject { ["items"] = JsonArray.Create(cart) };
        var (status, financialStatus) = Refunded(order, transaction);
        payments.Move(order, transaction, status, financialStatus, "Refunded");
    }

    /// <summary>A refund that waits is called off: by the shop (void) or by MultiSafepay (declined).</summary>
    public void Reject(SimulatedOrder order, SimulatedRelatedTransaction refund, string status) => Keep(order, refund, new(status, status));

    /// <summary>A refund that waits goes to a pair that is documented for refunds of its method: made, declined, or waiting otherwise.</summary>
    public void Move(SimulatedOrder order, SimulatedRelatedTransaction refund, StatusPair pair)
    {
        Require(Owner(order, refund), pair);
        if (pair.Status == Status.Completed)
            Accept(order, refund, pair);
        else
            Keep(order, refund, pair);
    }

    /// <summary>A refund that still waits, by its transaction id.</summary>
    public static SimulatedRelatedTransaction Reserved(SimulatedOrder order, string refundId)
    {
        var refund = order.Transactions.SelectMany(transaction => transaction.Refunds)
            .FirstOrDefault(refund => refund.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == refundId)
            ?? throw RefusalException.UnknownOrder();
        return refund.IsWaiting
            ? refund
            : throw new RefusalException(ErrorCode.Refund, $"The refund is {refund.Status}; only a refund that waits can be changed");
    }

    /// <summary>The customer's bank takes the money back. Sources differ on the order's status: void, chargeback or chargedback.</summary>
    public void ChargeBack(SimulatedOrder order, string status)
    {
        var transaction = order.Transactions.LastOrDefault(transaction => transaction.IsPaid) ?? throw RefusalException.NotNow("The order is not paid");
        var amount = GatewayCatalogue.Get(transaction.GatewayId).Kind == GatewayKind.GiftCard ? 0 : transaction.Refundable;
        if (amount <= 0)
            throw RefusalException.NotNow("There is nothing left to charge back");
        Relate(transaction, RelatedType.Chargeback, amount, order.OrderId, $"Chargeback of order {order.OrderId}", default);
        payments.Move(order, transaction, status, Status.Void, "Chargeback");
    }

    /// <summary>The dispute was won: the money comes back.</summary>
    public void ReverseChargeBack(SimulatedOrder order)
    {
        var transaction = order.Transactions.LastOrDefault(transaction => transaction.ChargedBack > 0) ?? throw RefusalException.NotNow("There is no chargeback");
        Relate(transaction, RelatedType.ReverseChargeback, transaction.ChargedBack, order.OrderId, $"Reversed chargeback of order {order.OrderId}", default);
        var succeeded = GatewayCatalogue.Get(transaction.GatewayId).Succeeded;
        var money = succeeded == new StatusPair(Status.Completed, Status.Initialized) ? Status.Initialized : Status.Completed;
        payments.Move(order, transaction, Status.Completed, money, "Chargeback reversed");
    }

    private SimulatedRelatedTransaction Create(SimulatedOrder order, SimulatedTransaction transaction, long amount, JsonElement body, StatusPair? pair, IReadOnlyList<JsonElement>? cart = null)
    {
        if (pair is { } asked)
            Require(transaction, asked);
        if (amount < 1 || amount > transaction.Refundable)
            throw new RefusalException(ErrorCode.Refund, "Cannot refund transaction: more than is left of it");
        if (GatewayCatalogue.Get(transaction.GatewayId).RefundsOnce && transaction.Refunds.Any(refund => refund.Status == Status.Completed || refund.IsWaiting))
            throw new RefusalException(ErrorCode.Refund, $"Cannot refund transaction: {transaction.GatewayId} is refunded once");
        var now = ledger.Now;
        if (transaction.Refunds.Any(refund =>
            refund.Amount == amount && (refund.Status == Status.Completed || refund.IsWaiting) && now - refund.Created < DoubleRefundGuard))
        {
            throw new RefusalException(ErrorCode.Refund, "Cannot refund transaction: the same amount was refunded less than 5 minutes ago");
        }

        var refundOrderId = Fields.Text(body, "refund_order_id") is { } id ? OrderCheck.CheckOrderId(id) : order.OrderId;
        var description = Fields.Text(body, "description") ?? $"Refund order {order.OrderId}";
        var refund = Relate(transaction, RelatedType.Refund, amount, refundOrderId, description, body);
        if (cart is not null)
            refund.Cart = JsonSerializer.SerializeToElement(cart);

        if (pair is null && (options.ReserveRefunds || faults.TakeInsufficientBalance(order.OrderId)))
            pair = DocumentedStatuses.For(transaction.GatewayId).WaitingRefunds.Select(StatusPair? (waiting) => waiting).FirstOrDefault();
        if (pair is { Status: not Status.Completed } kept)
            Keep(order, refund, kept);
        else
            Accept(order, refund, pair);
        return refund;
    }

    private SimulatedTransaction Refundable(SimulatedOrder order, bool fromDashboard)
    {
        var transaction = order.Transactions.LastOrDefault(transaction => transaction.IsPaid)
            ?? throw new RefusalException(ErrorCode.Refund, order.Transactions.Exists(transaction => transaction.IsAuthorization)
                ? "Cannot refund transaction: it is an authorisation; refund the order of its capture"
                : "Cannot refund transaction: it is not paid");
        if (transaction.ShippedInParts > 0)
            throw new RefusalException(ErrorCode.Refund, "Cannot refund transaction: it was shipped in parts; refund the order of the shipment");
        var gateway = GatewayCatalogue.Get(transaction.GatewayId);
        if (fromDashboard && gateway is { RefundWindow: null, Documented.Refunds.Count: > 0 })
            return transaction;
        if (gateway.RefundWindow is not { } window)
            throw new RefusalException(ErrorCode.Refund, $"Cannot refund transaction: {gateway.Name} has no refunds");
        return ledger.Now - transaction.Completed <= window
            ? transaction
            : throw new RefusalException(ErrorCode.Refund, $"Cannot refund transaction: the {window.TotalDays:0} days of {gateway.Name} are over");
    }

    // What the order of a refund shows. Where the provider collects, the money was never MultiSafepay's, and its status does not move.
    private static StatusPair Refunded(SimulatedOrder order, SimulatedTransaction transaction)
    {
        var status = transaction.Refunded >= transaction.Amount - transaction.GiftCardAmount ? Status.Refunded : Status.PartialRefunded;
        if (transaction.Status == Status.Shipped && order.Shape.Has(ResponseShape.RefundedStaysShipped) && GatewayCatalogue.Get(transaction.GatewayId).Kind == GatewayKind.PayLater)
            return new(Status.Shipped, status);
        if (transaction.FinancialStatus == Status.Initialized)
            return new(status, Status.Initialized);
        return new(status, status == Status.Refunded ? Status.Completed : status);
    }

    private static void Require(SimulatedTransaction transaction, StatusPair pair)
    {
        if (!DocumentedStatuses.For(transaction.GatewayId).Refunds.Contains(pair))
            throw RefusalException.NotNow($"A refund of {transaction.GatewayId} is never {pair}");
    }

    // The order stays as it is.
    private void Keep(SimulatedOrder order, SimulatedRelatedTransaction refund, StatusPair pair)
    {
        var transaction = Owner(order, refund);
        Show(order, transaction, refund, pair);
        payments.Touch(order, transaction);
        notifications.Tell(order, transaction);
    }

    private void Show(SimulatedOrder order, SimulatedTransaction transaction, SimulatedRelatedTransaction refund, StatusPair pair)
    {
        (refund.Status, refund.FinancialStatus) = (pair.Status, pair.FinancialStatus);
        refund.Modified = ledger.Now;
        if (order.Shape.Has(ResponseShape.RefundNotified))
            notifications.TellRefund(order, transaction, refund);
    }

    // Without rows of a negative price the cart says nothing about the refund, and of methods that are refunded by amount the amount counts.
    private static bool GivesItemsBack(JsonElement checkout) =>
        Fields.Array(checkout, "items").Any(item => Fields.TryDecimal(item, "unit_price", out var price) && price < 0);

    // The cart sent is every original item plus copies with negative prices of what goes back: what it lost in value is the refund.
    private static long CartRefund(SimulatedTransaction transaction, JsonElement checkout)
    {
        var request = JsonSerializer.SerializeToElement(transaction.Session.Request);
        var gateway = GatewayCatalogue.Get(transaction.GatewayId);
        var currency = transaction.Session.Currency;
        var country = Fields.Text(Fields.Section(request, "customer"), "country");
        var original = Fields.Array(Fields.Section(request, "shopping_cart"), "items");
        var tables = Fields.Section(checkout, "tax_tables") is { ValueKind: JsonValueKind.Object } sent
            ? sent
            : Fields.Section(Fields.Section(request, "checkout_options"), "tax_tables");
        var items = Fields.Array(checkout, "items");

        var before = CartCheck.Add(original, tables, currency, country, gateway).Total;
        var after = CartCheck.Add(items, tables, currency, country, gateway).Total;
        var kept = CartCheck.Add([.. items.Take(original.Count)], tables, currency, country, gateway).Total;
        if (kept != before)
            throw new RefusalException(ErrorCode.CartAmount, "checkout_data must begin with every item of the order");
        var refund = before - after;
        if (refund <= 0)
            throw new RefusalException(ErrorCode.Amount, "Invalid amount: checkout_data refunds nothing");
        return (long)(Currencies.Decimals(currency) == 0 ? refund : refund * 100);
    }

    private SimulatedRelatedTransaction Relate(SimulatedTransaction transaction, string type, long amount, string orderId, string description, JsonElement body)
    {
        var now = ledger.Now;
        var related = new SimulatedRelatedTransaction
        {
            Id = ledger.NextTransactionId(),
            Type = type,
            Amount = amount,
            OrderId = orderId,
            Description = description,
            Created = now,
            Modified = now,
            Var1 = Fields.Text(body, "var1"),
            Var2 = Fields.Text(body, "var2"),
            Var3 = Fields.Text(body, "var3"),
        };
        transaction.Related.Add(related);
        return related;
    }

    private static SimulatedTransaction Owner(SimulatedOrder order, SimulatedRelatedTransaction refund) =>
        order.Transactions.First(transaction => transaction.Related.Contains(refund));
}
