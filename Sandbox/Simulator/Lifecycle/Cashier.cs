using Sandbox.Simulator.Api;
using Sandbox.Simulator.Books;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Notifications;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>Moves a payment on: from an opened link to paid, declined, cancelled, expired or under review, and to shipped. Called under the ledger's lock.</summary>
public sealed class Cashier(Ledger ledger, NotificationDesk notifications)
{
    /// <summary>Card payments under review end by themselves after five days.</summary>
    public static readonly TimeSpan ReviewTime = TimeSpan.FromDays(5);

    private const string GiftCardBrand = "VVVGIFTCRD";

    /// <summary>The customer opened the link and chose a method: a new transaction begins.</summary>
    public SimulatedTransaction Start(SimulatedOrder order, PaymentSession session, string gatewayId)
    {
        if (session.ClosedAs is not null)
            throw RefusalException.NotNow($"The payment session is {session.ClosedAs}");
        RequireUnpaid(order);
        if (order.Transactions.Count(transaction => transaction.Session == session) >= PaymentSession.MaxOpenings)
            throw RefusalException.NotNow("The payment session was opened too often");
        var gateway = GatewayCatalogue.Find(gatewayId) ?? throw new RefusalException(ErrorCode.Gateway, $"Gateway unavailable: {gatewayId}");

        var now = ledger.Now;
        var transaction = new SimulatedTransaction
        {
            Id = ledger.NextTransactionId(),
            Session = session,
            GatewayId = gateway.Id == "CREDITCARD" ? "VISA" : gateway.Id,
            Amount = session.Amount,
            Created = now,
            Modified = now,
            ExpiresAt = now + gateway.Lifetime,
        };
        order.Transactions.Add(transaction);
        order.Modified = now;
        return transaction;
    }

    /// <summary>The money is there; pay later methods guarantee it and pay after the shipment.</summary>
    public void Complete(SimulatedOrder order, SimulatedTransaction transaction, bool withGiftCard = false)
    {
        Require(transaction, Status.Initialized, Status.Uncleared);
        RequireUnpaid(order);
        var gateway = GatewayCatalogue.Get(transaction.GatewayId);
        if (withGiftCard)
        {
            transaction.GiftCard = GiftCardBrand;
            transaction.GiftCardAmount = Math.Max(1, transaction.Amount / 2);
        }

        if (gateway.Kind == GatewayKind.GiftCard)
        {
            transaction.GiftCard = gateway.Id;
            transaction.GiftCardAmount = transaction.Amount;
        }

        transaction.Completed = ledger.Now;
        transaction.Fee = gateway.Kind == GatewayKind.GiftCard ? 0 : 0.29m;
        Move(order, transaction, Status.Completed, gateway.Kind == GatewayKind.PayLater ? Status.Uncleared : Status.Completed, "SUCCESS");
    }

    /// <summary>The card's money is reserved and waits for a capture.</summary>
    public void Authorize(SimulatedOrder order, SimulatedTransaction transaction)
    {
        Require(transaction, Status.Initialized, Status.Uncleared);
        RequireUnpaid(order);
        if (!transaction.Session.ManualCapture || GatewayCatalogue.Get(transaction.GatewayId).AuthorizationLifetime is not { } lifetime)
            throw RefusalException.NotNow("The order was not made for manual capture");

        var now = ledger.Now;
        transaction.Completed = now;
        transaction.Authorization = new() { ExpiresAt = now + lifetime };
        Move(order, transaction, Status.Completed, Status.Initialized, "SUCCESS");
    }

    public void Decline(SimulatedOrder order, SimulatedTransaction transaction)
    {
        Require(transaction, Status.Initialized, Status.Uncleared);
        transaction.ReasonCode = "1024";
        Move(order, transaction, Status.Declined, Status.Declined, "Transaction declined");
    }

    /// <summary>MultiSafepay writes a cancelled payment as void or as cancelled; its financial status is cancelled either way.</summary>
    public void Cancel(SimulatedOrder order, SimulatedTransaction transaction, string status = Status.Void)
    {
        Require(transaction, Status.Initialized, Status.Uncleared);
        Move(order, transaction, status, Status.Cancelled, "Cancelled");
    }

    public void Expire(SimulatedOrder order, SimulatedTransaction transaction)
    {
        Require(transaction, Status.Initialized, Status.Uncleared);
        Move(order, transaction, Status.Expired, Status.Expired, "Expired");
    }

    /// <summary>The fraud check wants a person to look at it.</summary>
    public void Review(SimulatedOrder order, SimulatedTransaction transaction)
    {
        Require(transaction, Status.Initialized);
        transaction.ExpiresAt = GatewayCatalogue.Get(transaction.GatewayId).Kind == GatewayKind.Card ? ledger.Now + ReviewTime : null;
        Move(order, transaction, Status.Uncleared, Status.Uncleared, "Under review");
    }

    public void Ship(SimulatedOrder order, SimulatedTransaction transaction)
    {
        if (!transaction.IsPaid)
            throw RefusalException.NotNow("Only a paid order can be shipped");
        Require(transaction, Status.Completed, Status.Shipped, Status.PartialRefunded);
        Move(order, transaction, transaction.Status == Status.PartialRefunded ? transaction.Status : Status.Shipped, transaction.FinancialStatus, transaction.Reason);
    }

    /// <summary>The pay later company pays for what was shipped.</summary>
    public void Settle(SimulatedOrder order, SimulatedTransaction transaction)
    {
        if (!transaction.IsPaid || transaction.FinancialStatus != Status.Uncleared)
            throw RefusalException.NotNow("There is nothing to settle");
        Move(order, transaction, transaction.Status, Status.Completed, transaction.Reason);
    }

    /// <summary>Ends a session that has no transaction: the customer left, or time ran out.</summary>
    public void Close(SimulatedOrder order, PaymentSession session, string status)
    {
        if (session.ClosedAs is not null)
            throw RefusalException.NotNow($"The payment session is {session.ClosedAs}");
        if (order.Transactions.Exists(transaction => transaction.Session == session))
            throw RefusalException.NotNow("The payment session has a transaction");
        session.ClosedAs = status;
        order.Modified = ledger.Now;
        notifications.Tell(order, transaction: null);
    }

    /// <summary>What PATCH orders {status: cancelled} does: ends whatever is not yet paid.</summary>
    public void CancelOrder(SimulatedOrder order)
    {
        if (order.IsUsed)
            throw RefusalException.NotNow("A completed order cannot be cancelled");

        var open = order.Transactions.Where(transaction => transaction.Status is Status.Initialized or Status.Uncleared).ToList();
        foreach (var session in order.Sessions.Where(session => session.ClosedAs is null))
        {
            if (order.Transactions.Exists(transaction => transaction.Session == session))
                session.ClosedAs = Status.Cancelled;
            else
                Close(order, session, Status.Cancelled);
        }

        foreach (var transaction in open)
            Cancel(order, transaction, Status.Cancelled);
    }

    public void Move(SimulatedOrder order, SimulatedTransaction transaction, string status, string financialStatus, string reason)
    {
        transaction.Status = status;
        transaction.FinancialStatus = financialStatus;
        transaction.Reason = reason;
        Touch(order, transaction);
        notifications.Tell(order, transaction);
    }

    public void Touch(SimulatedOrder order, SimulatedTransaction transaction)
    {
        transaction.Modified = ledger.Now;
        order.Modified = transaction.Modified;
    }

    // Two pages may be open for one order; only one of them can pay it.
    private static void RequireUnpaid(SimulatedOrder order)
    {
        if (order.IsUsed)
            throw RefusalException.NotNow("This order is paid");
    }

    private static void Require(SimulatedTransaction transaction, params ReadOnlySpan<string> statuses)
    {
        if (!statuses.Contains(transaction.Status))
            throw RefusalException.NotNow($"Not possible for a transaction that is {transaction.Status}");
    }
}
