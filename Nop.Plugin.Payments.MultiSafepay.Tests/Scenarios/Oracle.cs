using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>
/// Says what must hold when all has settled, from MultiSafepay's books and from what was done, without asking the plugin. Where the owner's settings changed on the way,
/// what any of them allows is allowed.
/// </summary>
internal sealed partial class Oracle(ScenarioRunner runner)
{
    private const string PaidMail = "OrderPaid.CustomerNotification";
    private const string RefundedMail = "OrderRefunded.CustomerNotification";
    private const string PlacedMail = "OrderPlaced.CustomerNotification";
    private const string CancelledMail = "OrderCancelled.CustomerNotification";
    private const string CompletedMail = "OrderCompleted.CustomerNotification";

    private readonly List<string> _wrong = [];

    /// <summary>Everything that is wrong; nothing, it is hoped.</summary>
    /// <param name="isOver">Whether so much time has passed that nothing is left to come.</param>
    public async Task<IReadOnlyList<string>> JudgeAsync(bool isOver)
    {
        var cases = new List<Case>();
        _wrong.AddRange(runner.Surprises);
        var alerts = await runner.Host.Nodes[0].InScopeAsync(services => services.GetRequiredService<MerchantAlerts>().OpenAsync());
        foreach (var purchase in runner.Purchases)
        {
            if (await runner.OrderAsync(purchase) is not { } order)
                continue;
            var money = Money.From(purchase, runner.Host.Ledger);
            var case_ = new Case(purchase, order, money, [.. alerts.Where(alert => alert.OrderId == order.Id).Select(alert => alert.Kind)]);
            cases.Add(case_);
            Judge(case_);
            await JudgeRecordAsync(case_);
            await JudgeNotesAsync(case_);
        }

        await JudgeSubscriptionAsync(cases, isOver);
        await JudgeShopAsync();
        return _wrong;
    }

    private void Judge(Case c)
    {
        JudgeIncoming(c);
        JudgeCaptures(c);
        JudgeOtherShops(c);

        // What is in an account whose key the shop does not have any more is out of its sight.
        var isInSight = !IsElsewhere(c);
        if (isInSight && !c.Purchase.IsSetByHand)
        {
            JudgeStatus(c);
            JudgeRefunds(c);
            JudgeTotal(c);
        }

        JudgeWishes(c);
        JudgeMails(c);
        if (isInSight)
            JudgeAlerts(c);
        JudgeCancellation(c);
        JudgeMarkedPaid(c);
        JudgeOldLinks(c);
    }

    private void JudgeIncoming(Case c)
    {
        // Who lets go of a hold may be asked to pay again.
        var payments = c.Money.Payments.Count(payment => payment is not { IsAuthorization: true, Status: Status.Void });
        if (payments > 1 && !MayBePaidTwice(c))
            Wrong(c, $"it was paid {payments} times");
        foreach (var payment in c.Money.Payments)
        {
            var unit = Currencies.ToDecimal(1, payment.Session.Currency);
            var charged = Currencies.ToDecimal(payment.Amount, payment.Session.Currency);
            if (payment.Session.Currency == runner.Scenario.Situation.Currency && !c.Purchase.Totals.Exists(total => Math.Abs(charged - total.Total * c.Rate) <= unit))
                Wrong(c, $"{payment.Amount} {payment.Session.Currency} was charged, for {string.Join(", ", c.Purchase.Totals)}");
        }

        if (c.Money.Captured > c.Money.Payments.Sum(payment => payment.Amount))
            Wrong(c, "more was captured than was authorised");
    }

    private void JudgeStatus(Case c)
    {
        var (order, money) = (c.Order, c.Money);
        var isPaid = order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded;
        var isNoticed = c.Alerts.Any(kind =>
            kind is "PaidAfterCancellation" or "PaidAfterCancellationRefunded" or "PaidAfterVoid" or MerchantAlerts.RefundFailed or "AuthorizedAfterCancellation" or "CancelledStillHeld");
        var isLost = money.ChargedBack > 0 && c.Alerts.Contains("Chargeback");
        if (money.Charged == 0 && isPaid && !(money.Withdrawn.Count > 0 && c.Alerts.Any(kind => kind is "PaymentLost" or "Chargeback")))
            Wrong(c, money.Withdrawn.Count > 0 ? "the payment came to nothing, and nobody was told" : "nothing was paid");
        if (IsWhole(c) && !isPaid && !isLost && !(order.OrderStatus == OrderStatus.Cancelled && (isNoticed || money.Kept == 0)) && !(order.PaymentStatus == PaymentStatus.Voided && isNoticed))
            Wrong(c, "the payment is missing");
        if (IsWhole(c) && money.ChargedBack == 0 && !isPaid && order.OrderStatus == OrderStatus.Cancelled
            && runner.Policies.SetEquals([CancelledThenPaidPolicy.Refund]) && money.Refunded < money.Charged
            && !c.Alerts.Any(kind => kind is MerchantAlerts.RefundFailed or "RefundOff"))
            Wrong(c, "a payment after the cancellation was not given back");
        if (money.Held > 0 && order.OrderStatus == OrderStatus.Cancelled && !isPaid && !isNoticed)
            Wrong(c, $"{money.Held} is held for an order that is cancelled, and nobody was told");
        if (money is { Held: > 0, Captured: 0 } && order.PaymentStatus != PaymentStatus.Authorized && !(order.OrderStatus == OrderStatus.Cancelled && isNoticed) && !isPaid)
            Wrong(c, $"{money.Held} is held");
        if (money.Held == 0 && order.PaymentStatus == PaymentStatus.Authorized && money.Captured == 0 && !money.IsWhole && !money.IsInReview)
            Wrong(c, "nothing is held any more");
        if (money is { Held: 0, Captured: > 0, IsWhole: false } && !c.Alerts.Contains("CapturedOnlyPart") && !isPaid && order.OrderStatus != OrderStatus.Cancelled)
            Wrong(c, "only a part was captured, and nobody was told");
        if (money.Authorizations.Count == 0 && order.PaymentStatus is PaymentStatus.Voided && !runner.Mappings.Any(mapping => mapping.Contains("=Authorize", StringComparison.Ordinal)))
            Wrong(c, "nothing could be voided");
    }

    private void JudgeRefunds(Case c)
    {
        var (order, money) = (c.Order, c.Money);
        if (money.Payments.Count > 1)
        {
            JudgeSeveral(c);
            return;
        }

        if (!IsWhole(c) || order.PaymentStatus is not (PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded))
        {
            if (order.RefundedAmount > c.Purchase.RefundedOffline)
                Wrong(c, $"{order.RefundedAmount} is counted as refunded of an order that is not paid");
            return;
        }

        if (money.Refunded + money.ChargedBack > money.Charged)
            Wrong(c, "more was given back than was paid");
        if (c.Purchase.IsTotalEdited)
        {
            JudgeRefundsOfEdited(c);
            return;
        }

        // What the owner books by hand may be meant as a refund in the dashboard, or be another one; a mapping may leave refunds of the dashboard, or book chargebacks.
        var payment = money.Payments[0];
        var refunded = Currencies.ToDecimal(money.Refunded, payment.Session.Currency) / c.Rate;
        var byShop = Currencies.ToDecimal(money.RefundedByShop, payment.Session.Currency) / c.Rate;
        var least = runner.Mappings.All(mapping => !mapping.Contains("refunded=None", StringComparison.Ordinal)) ? refunded : byShop;
        var most = refunded + c.Purchase.RefundedOffline;
        if (runner.Mappings.Any(mapping => mapping.Contains("chargeback=Refund", StringComparison.Ordinal)) && money.WasChargedBack)
            most = order.OrderTotal;
        if (c.Purchase.RefundedOffline == 0 && (least == refunded ? money.Refunded : money.RefundedByShop) == money.Charged)
            least = most = order.OrderTotal;

        var tolerance = c.Rate == 1 ? 0 : (money.RefundCount + 1) * Math.Max(0.01m, Currencies.ToDecimal(1, payment.Session.Currency) / c.Rate);
        if (order.RefundedAmount < least - tolerance || order.RefundedAmount > Math.Min(most, order.OrderTotal) + tolerance)
            Wrong(c, string.Create(CultureInfo.InvariantCulture, $"{order.RefundedAmount} is counted as refunded; it should be {least:0.####} to {Math.Min(most, order.OrderTotal):0.####}"));

        var expected = order.RefundedAmount == 0 ? PaymentStatus.Paid : order.RefundedAmount >= order.OrderTotal ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded;
        if (order.PaymentStatus != expected)
            Wrong(c, $"it should be {expected}");
    }

    // Each refund that the owner wanted was made once at most, and what the shop called done was done.
    private void JudgeWishes(Case c)
    {
        var wishes = c.Purchase.Wishes;
        if (c.Money.ShopRefunds.Count > wishes.Count)
            Wrong(c, $"the owner wanted {wishes.Count} refunds, and {c.Money.ShopRefunds.Count} were made");
        var done = wishes.Where(wish => wish.IsConfirmed).Sum(wish => wish.Amount);
        if (!c.Purchase.IsSetByHand && done > c.Order.RefundedAmount)
            Wrong(c, $"{done} was said to be refunded, {c.Order.RefundedAmount} is counted");
    }

    private void JudgeCancellation(Case c)
    {
        if (c.Order.OrderStatus != OrderStatus.Cancelled || c.Order.PaymentStatus != PaymentStatus.Pending)
            return;
        foreach (var (_, session) in Payable(c))
            Wrong(c, $"it is cancelled, and can still be paid with the link of {session.Created:u}");
    }

    private async Task JudgeRecordAsync(Case c)
    {
        var record = await runner.Host.Nodes[0].InScopeAsync(services => services.GetRequiredService<PaymentRecordStore>().LoadAsync(c.Order));
        foreach (var (order, session) in c.Money.Payable(runner.Host.Time.Now))
        {
            if (record.Find(order.OrderId) is { Closed: true })
                Wrong(c, $"{order.OrderId} counts as closed, and can still be paid with the link of {session.Created:u}");
        }

        if (record.PendingSave is not null)
            Wrong(c, "the plugin still waits for nopCommerce to save");

        // A refund is booked on an order that is paid; whoever has set it to something else has to set it back.
        if (!c.Purchase.IsSetByHand && !IsElsewhere(c) && record.RefundAttempts.Any(refund => refund.State is RefundState.Open or RefundState.Waiting))
            Wrong(c, $"a refund is still open: {string.Join(", ", record.RefundAttempts.Where(refund => refund.State is RefundState.Open or RefundState.Waiting))}");
    }

    private async Task JudgeShopAsync()
    {
        var followUps = await runner.Host.Nodes[0].InScopeAsync(services => services.GetRequiredService<FollowUpList>().OrdersWithOpenWorkAsync());
        if (followUps.Count > 0 && !runner.Purchases.Exists(purchase => purchase.IsSetByHand || purchase.OrdersIn(runner.Host.Ledger).Any(order => order.Site != runner.Host.Site)))
            _wrong.Add($"left to do: {string.Join(", ", followUps)}");
        foreach (var log in await runner.Host.Database.ListAsync<Log>(log => log.LogLevel >= LogLevel.Error && IsOurs(log)))
        {
            if (runner.Host.Deaths == 0)
                _wrong.Add($"in the log: {log.ShortMessage} {log.FullMessage}");
        }

        // nopCommerce reads the stock, and writes it later: two orders at the same moment, or a node that dies, make it wrong without any plugin.
        if (runner is { Host.Deaths: 0, WasAnythingAtOnce: false, Purchases.Count: > 0 })
            await JudgeStockAsync();
    }

    private static bool IsOurs(Log log) => log.ShortMessage.StartsWith(MultiSafepayDefaults.SystemName, StringComparison.Ordinal)
        || log.FullMessage?.Contains("Nop.Plugin.Payments.MultiSafepay", StringComparison.Ordinal) == true;

    // What is missing in stock is in orders that are not cancelled.
    private async Task JudgeStockAsync()
    {
        var product = (await runner.Host.Database.FindAsync<Product>(runner.Scenario.Situation.ProductId))!;
        var sold = 0;
        foreach (var item in await runner.Host.Database.ListAsync<OrderItem>(item => item.ProductId == product.Id))
            sold += await runner.Host.Database.FindAsync<Order>(item.OrderId) is { OrderStatus: not OrderStatus.Cancelled } || await IsSentAsync(item) ? item.Quantity : 0;
        var (before, after) = (product.Id == 6 ? 3 : 100_000, product.StockQuantity);
        if (before - after != sold)
            _wrong.Add($"{before - after} of {product.Sku} is out of stock, and {sold} is sold");
    }

    private async Task<bool> IsSentAsync(OrderItem item) => (await runner.Host.Database.ListAsync<ShipmentItem>(sent => sent.OrderItemId == item.Id)).Count > 0;

    private void Wrong(Case c, string what) => _wrong.Add(string.Create(CultureInfo.InvariantCulture,
        $"order {c.Order.Id} ({c.Order.OrderStatus}, {c.Order.PaymentStatus}, {c.Order.RefundedAmount} of {c.Order.OrderTotal} refunded): {what}. "
        + $"Ledger: {c.Money}. Alerts: {string.Join(", ", c.Alerts)}"));

    /// <summary>An order with all that is known of it.</summary>
    private sealed record Case(Purchase Purchase, Order Order, Money Money, IReadOnlyList<string> Alerts)
    {
        public decimal Rate => Order.CurrencyRate == 0 ? 1 : Order.CurrencyRate;

        /// <summary>How many times it was opened again after it was cancelled, at most.</summary>
        public int Reopened => Money.Payments.Count;
    }
}
