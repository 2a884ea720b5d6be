using System.Text.Json.Nodes;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Faults;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Notifications;

/// <summary>Writes down what there is to tell about an order and hands it to the <see cref="Notifier"/>. Called under the ledger's lock.</summary>
public sealed class NotificationFactory(Ledger ledger, Notifier notifier, FaultRegistry faults)
{
    private const int MaxDeliveries = 100;

    /// <summary>Tells of one transaction, or with none of a session that has no transaction yet.</summary>
    public Delivery Tell(SimulatedOrder order, SimulatedTransaction? transaction, NotificationTwist? twist = null) =>
        Send(order, transaction?.Session ?? order.Session, OrderJson.Write(order, transaction, maskIban: true), transaction?.Id, twist);

    /// <summary>Tells of a refund as the transaction that it is.</summary>
    public Delivery TellRefund(SimulatedOrder order, SimulatedTransaction transaction, SimulatedRelatedTransaction refund) =>
        Send(order, transaction.Session, OrderJson.WriteRelated(transaction, refund), refund.Id, twist: null);

    private Delivery Send(SimulatedOrder order, PaymentSession session, JsonObject json, long? transactionId, NotificationTwist? twist)
    {
        var delivery = new Delivery
        {
            OrderId = (string)json["order_id"]!,
            SiteId = order.Site.SiteId,
            ApiKey = order.Site.ApiKey,
            Status = (string)json["status"]!,
            FinancialStatus = (string)json["financial_status"]!,
            TransactionId = transactionId,
            Method = session.NotificationMethod,
            Url = session.NotificationUrl ?? order.Site.NotificationUrl,
            Body = Json.Utf8(json),
            IsPretransaction = transactionId is null,
            Twist = faults.TwistNotification(order.OrderId, twist ?? NotificationTwist.None),
            Created = ledger.Now,
        };

        order.Deliveries.Add(delivery);
        if (order.Deliveries.Count > MaxDeliveries)
            order.Deliveries.RemoveAt(0);
        notifier.Send(order, delivery);
        return delivery;
    }
}
