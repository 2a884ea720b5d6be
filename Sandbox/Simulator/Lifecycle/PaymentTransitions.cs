using Sandbox.Simulator.Api;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>Moves a payment on: from an opened link to paid, declined, cancelled, expired or under review, and to shipped. Called under the ledger's lock.</summary>
public sealed class PaymentTransitions(Ledger ledger, NotificationFactory notifications, TokenIssuer tokens)
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
        if (session.Token is not null && order.Transactions.Exists(transaction => transaction.Session == session))
            throw RefusalException.NotNow("A payment with stored details is tried once: it has no payment page");
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

    /// <summary>
    /// The payment succeeds as its method documents it: the money is there or on its way, or the provider collects it, or a pay later company guarantees it.
    /// A method that knows both may be asked for one of them by <paramref name="financialStatus"/>: American Express, with the shop's own number, collects itself.
    /// </summary>
    public void Complete(SimulatedOrder order, SimulatedTransaction transaction, bool withGiftCard = false, string? financialStatus = null)
    {
        Require(transaction, Status.Initialized, Status.Uncleared);
        Pay(order, transaction, Success(transaction, financialStatus), withGiftCard);
    }

    /// <summary>A bank transfer that was on its way arrives, although the payment was called off or its time had run out.</summary>
    public void PayLate(SimulatedOrder order, SimulatedTransaction transaction)
    {
        Require(transaction, Status.Void, Status.Cancelled, Status.Expired);
        if (transaction.Completed is not null)
            throw RefusalException.NotNow("It was paid or authorised before");
        Pay(order, transaction, Success(transaction, financialStatus: null));
    }

    /// <summary>Takes the money of a transaction that has brought none yet.</summary>
    public void Pay(SimulatedOrder order, SimulatedTransaction transaction, StatusPair pair, bool withGiftCard = false)
    {
        RequireUnpaid(order);
        var gateway = GatewayCatalogue.Get(transaction.GatewayId);
        if (withGiftCard)
        {
            transaction.GiftCard = GiftCardBrand;
            transaction.GiftCardAmount = Math.Max(1, transaction.Amount / 2);
        }

        // A gift card pays all of it, or its half and another method the rest.
        if (gateway.Kind == GatewayKind.GiftCard)
        {
            transaction.GiftCard = gateway.Id;
            transaction.GiftCardAmount = withGiftCard ? transaction.GiftCardAmount : transaction.Amount;
        }

        transaction.Completed = ledger.Now;
        transaction.Fee = gateway.Kind == GatewayKind.GiftCard ? 0 : 0.29m;
        transaction.ReasonCode = null;
        tokens.Issue(order, transaction);
        Move(order, transaction, pair.Status, pair.FinancialStatus, "SUCCESS");
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
        tokens.Issue(order, transaction);
        Move(order, transaction, Status.Completed, Status.Initialized, "SUCCESS");
    }

    /// <summary>The issuer or MultiSafepay declines, for one of the <see cref="CardErrors"/> or for no reason that is told.</summary>
    public void Decline(SimulatedOrder order, SimulatedTransaction transaction, string? reasonCode = null, string? reason = null) =>
        End(order, transaction, new(Status.Declined, Status.Declined), reason ?? (reasonCode is null ? null : CardErrors.Texts.GetValueOrDefault(reasonCode)) ?? "Transaction declined", reasonCode);

    /// <summary>MultiSafepay writes a cancelled payment, and its money, as void or as cancelled: as asked for, or as the method documents it.</summary>
    public void Cancel(SimulatedOrder order, SimulatedTransaction transaction, string? status = null, string? financialStatus = null) =>
        End(order, transaction, DocumentedStatuses.For(transaction.GatewayId).Cancellation(status, financialStatus), "Cancelled");

    public void Expire(SimulatedOrder order, SimulatedTransaction transaction) => End(order, transaction, new(Status.Expired, Status.Expired), "Expired");

    /// <summary>Ends what is not paid, or was accepted by a pay later company and is not shipped yet.</summary>
    public void End(SimulatedOrder order, SimulatedTransaction transaction, StatusPair pair, string reason, string? reasonCode = null)
    {
        if (CanBeWithdrawn(transaction))
            transaction.Withdrawn = true;
        else
            Require(transaction, Status.Initialized, Status.Uncleared);
        transaction.ReasonCode = pair.Status == Status.Declined ? reasonCode ?? "1024" : null;
        Move(order, transaction, pair.Status, pair.FinancialStatus, reason);
    }

    /// <summary>Whether a pay later company accepted it and no money has moved yet.</summary>
    public static bool CanBeWithdrawn(SimulatedTransaction transaction) =>
        transaction is { IsPaid: true, Status: Status.Completed, FinancialStatus: Status.Uncleared or Status.Initialized, ChargedBack: 0, Refunded: 0, Reserved: 0, Unshipped: > 0 }
        && GatewayCatalogue.Get(transaction.GatewayId).Kind == GatewayKind.PayLater;

    /// <summary>The customer or the provider has yet to do something, in an account of theirs.</summary>
    public void Wait(SimulatedOrder order, SimulatedTransaction transaction)
    {
        Require(transaction, Status.Initialized);
        if (!CanWait(transaction))
            throw RefusalException.NotNow($"{transaction.GatewayId} does not wait for anybody");
        Move(order, transaction, Status.Uncleared, Status.Initialized, "Pending");
    }

    public static bool CanWait(SimulatedTransaction transaction) =>
        DocumentedStatuses.For(transaction.GatewayId).Payments.Contains(new(Status.Uncleared, Status.Initialized));

    /// <summary>The fraud check wants a person to look at it; where the method's page knows no review, it is with the provider.</summary>
    public void Review(SimulatedOrder order, SimulatedTransaction transaction)
    {
        Require(transaction, Status.Initialized);
        transaction.ExpiresAt = GatewayCatalogue.Get(transaction.GatewayId).Kind == GatewayKind.Card ? ledger.Now + ReviewTime : null;
        var isDocumented = DocumentedStatuses.For(transaction.GatewayId).Payments.Contains(new(Status.Uncleared, Status.Uncleared));
        Move(order, transaction, Status.Uncleared, CanWait(transaction) && !isDocumented ? Status.Initialized : Status.Uncleared, "Under review");
    }

    public void Ship(SimulatedOrder order, SimulatedTransaction transaction)
    {
        if (!transaction.IsPaid)
            throw RefusalException.NotNow("Only a paid order can be shipped");
        Require(transaction, Status.Completed, Status.Shipped, Status.PartialRefunded);
        if (transaction.Status == Status.Completed)
        {
            var money = DocumentedStatuses.For(transaction.GatewayId).FinancialStatusOfShipment(transaction.FinancialStatus);
            Move(order, transaction, Status.Shipped, money, transaction.Reason);
        }
        else
        {
            Move(order, transaction, transaction.Status, transaction.FinancialStatus, transaction.Reason);
        }
    }

    /// <summary>The pay later company pays for what was shipped, or a transfer arrives.</summary>
    public void Settle(SimulatedOrder order, SimulatedTransaction transaction)
    {
        if (!CanBeSettled(transaction))
            throw RefusalException.NotNow("There is nothing to settle");
        var settled = DocumentedStatuses.For(transaction.GatewayId).Settled(transaction.Status)!.Value;
        Move(order, transaction, settled.Status, settled.FinancialStatus, transaction.Reason);
    }

    /// <summary>What the provider collects for the shop never comes, and pay later mostly comes after the shipment.</summary>
    public static bool CanBeSettled(SimulatedTransaction transaction) =>
        transaction is { IsPaid: true, ShippedInParts: 0, Status: Status.Completed or Status.Shipped, FinancialStatus: Status.Uncleared or Status.Initialized }
        && GatewayCatalogue.Get(transaction.GatewayId) is var gateway
        && (transaction.FinancialStatus == Status.Uncleared || gateway.Kind == GatewayKind.PayLater)
        && gateway.Documented.Settled(transaction.Status) is not null;

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

    /// <summary>What PATCH orders {status: cancelled} does: ends whatever is not yet paid, and what was accepted if its method lets it.</summary>
    public void CancelOrder(SimulatedOrder order)
    {
        if (order.Current is { } accepted && CanBeWithdrawn(accepted) && GatewayCatalogue.Get(accepted.GatewayId).CancellableWhenAccepted)
        {
            Cancel(order, accepted);
            return;
        }

        if (order.IsUsed)
            throw RefusalException.NotNow("A completed order cannot be cancelled");

        // What the API answers about a payment that can no longer be cancelled is not documented: here the link is closed, and the money may still come.
        var open = order.Transactions.Where(transaction => transaction.Status is Status.Initialized or Status.Uncleared && !GatewayCatalogue.Get(transaction.GatewayId).BegunIsFinal).ToList();
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

    private static StatusPair Success(SimulatedTransaction transaction, string? financialStatus)
    {
        var gateway = GatewayCatalogue.Get(transaction.GatewayId);
        if (financialStatus is null)
            return gateway.Succeeded;
        var pair = new StatusPair(Status.Completed, financialStatus);
        return gateway.Documented.Payments.Contains(pair) ? pair : throw RefusalException.NotNow($"{gateway.Name} is never {pair}");
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
