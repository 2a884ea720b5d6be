using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Orders;
using Nop.Services.Shipping;
using Sandbox.Shop.Services;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <content>What the owner does in the shop.</content>
internal sealed partial class ScenarioRunner
{
    private static readonly PaymentStatus[] _statuses = [PaymentStatus.Pending, PaymentStatus.Authorized, PaymentStatus.Paid, PaymentStatus.Voided];

    private async Task<ScenarioAction?> RefundAsync(Purchase purchase, Random dice, bool all)
    {
        if (await OrderAsync(purchase) is not { PaymentStatus: PaymentStatus.Paid or PaymentStatus.PartiallyRefunded } order)
            return null;
        var left = order.OrderTotal - order.RefundedAmount;
        var amount = all ? left : dice.Next(3) == 0 ? Math.Min(left, 10m) : Math.Round(left * dice.Next(1, 100) / 100m, 2);
        if (amount <= 0)
            return null;
        purchase.Look(order);
        var wish = purchase.Wishes.Find(wish => !wish.IsDone && wish.Amount == amount);
        if (wish is null)
            purchase.Wishes.Add(wish = new RefundWish(amount, order.RefundedAmount));
        return Press(purchase, wish);
    }

    private async Task<ScenarioAction?> RefundAgainAsync(Purchase purchase)
    {
        if (await OrderAsync(purchase) is not { } order)
            return null;
        purchase.Look(order);
        return purchase.Wishes.LastOrDefault(wish => !wish.IsDone) is { } wish ? Press(purchase, wish) : null;
    }

    private ScenarioAction Press(Purchase purchase, RefundWish wish) => Owner(purchase, $"refunds {wish.Amount}", async (services, order) =>
    {
        var processing = services.GetRequiredService<IOrderProcessingService>();
        var isWhole = wish.Amount == order.OrderTotal && await processing.CanRefundAsync(order);
        var errors = isWhole ? await processing.RefundAsync(order) : await processing.PartiallyRefundAsync(order, wish.Amount);
        wish.IsDone = wish.IsConfirmed = errors.Count == 0;
        return string.Join(" ", errors);
    });

    private ScenarioAction RefundOffline(Purchase purchase, Random dice) => Owner(purchase, "books a refund by hand", async (services, order) =>
    {
        var amount = Math.Round((order.OrderTotal - order.RefundedAmount) * dice.Next(1, 60) / 100m, 2);
        if (amount <= 0)
            return "nothing left";

        // Where the node dies, it may be booked or not; the oracle takes both.
        purchase.RefundedOffline += amount;
        purchase.OfflineRefunds++;
        try
        {
            await services.GetRequiredService<IOrderProcessingService>().PartiallyRefundOfflineAsync(order, amount);
        }
        catch (NopException)
        {
            purchase.RefundedOffline -= amount;
            purchase.OfflineRefunds--;
            throw;
        }

        return $"{amount}";
    });

    private ScenarioAction Ship(Purchase purchase) => Owner(purchase, "ships", async (services, order) =>
    {
        if (order.OrderStatus == OrderStatus.Cancelled || order.ShippingStatus is not (ShippingStatus.NotYetShipped or ShippingStatus.PartiallyShipped))
            return "nothing to ship";
        if (await services.GetRequiredService<InventoryService>().PackAsync(order, "TRACK-1") is not { } shipment)
            return "nothing left to ship";
        await services.GetRequiredService<IOrderProcessingService>().ShipAsync(await services.GetRequiredService<IShipmentService>().GetShipmentByIdAsync(shipment.Id), notifyCustomer: true);
        return string.Empty;
    });

    private ScenarioAction Operate(Purchase purchase, string text, Func<IOrderProcessingService, Order, Task<IList<string>>> button) =>
        Owner(purchase, text, async (services, order) => string.Join(" ", await button(services.GetRequiredService<IOrderProcessingService>(), order)));

    private ScenarioAction Panel(Purchase purchase, string text, Func<IServiceProvider, Order, Task<PanelAnswer>> button) => Owner(purchase, $"panel: {text}", async (services, order) =>
    {
        var answer = await button(services, order);

        // The owner sends the link that the panel shows to the customer.
        if ((await services.GetRequiredService<PaymentRecordStore>().LoadAsync(order)).Current is { Closed: false, PaymentUrl: { } url } && url.Split('/') is [.., "pay", var session, _])
            purchase.Links.Add(session);
        return answer.Text;
    });

    private ScenarioAction Withdraw(Purchase purchase) => Panel(purchase, "withdraws a refund", (services, order) =>
    {
        var waiting = purchase.OrdersIn(host.Ledger).SelectMany(other => other.Transactions).SelectMany(transaction => transaction.Refunds).FirstOrDefault(refund => refund.Status == Status.Reserved);
        return services.GetRequiredService<PanelUpdates>().WithdrawRefundAsync(order, waiting is null ? "1" : FormattableString.Invariant($"{waiting.Id}"));
    });

    // nopCommerce's "change status": it sets what it is told, without any rule.
    private ScenarioAction ChangeStatus(Purchase purchase, Random dice) => Owner(purchase, "changes the payment status", async (services, order) =>
    {
        purchase.IsStatusChanged = true;
        order.PaymentStatus = _statuses[dice.Next(_statuses.Length)];
        await services.GetRequiredService<IOrderService>().UpdateOrderAsync(order);
        await services.GetRequiredService<IOrderProcessingService>().CheckOrderStatusAsync(order);
        return $"{order.PaymentStatus}";
    });

    // One of nopCommerce's buttons on the order's page, with the order as the page reads it.
    private ScenarioAction Owner(Purchase purchase, string text, Func<IServiceProvider, Order, Task<string>> button) =>
        new($"owner, order {purchase.OrderId}: {text}", node => node.InScopeAsync(async services =>
    {
        var order = (await services.GetRequiredService<IOrderService>().GetOrderByIdAsync(purchase.OrderId))!;
        try
        {
            var answer = await button(services, order);
            Tell($"    {(answer.Length == 0 ? "done" : answer)}");
        }
        catch (NopException exception)
        {
            Tell($"    {exception.Message}");
        }

        return true;
    }));

    private ScenarioAction MarkPaid(Purchase purchase) => Operate(purchase, "marks as paid", async (processing, order) =>
    {
        if (processing.CanMarkOrderAsPaid(order))
            purchase.MarkedPaid ??= host.Time.Now;
        await processing.MarkOrderAsPaidAsync(order);
        return [];
    });

    // nopCommerce's "edit order totals": the total is what the owner types, and nothing else is computed anew.
    private ScenarioAction EditTotal(Purchase purchase, Random dice) => Owner(purchase, "edits the total", async (services, order) =>
    {
        var total = Math.Max(order.RefundedAmount, dice.Next(5) == 0
            ? purchase.Totals[0].Total
            : Math.Round(order.OrderTotal * (dice.Next(5) < 3 ? dice.Next(30, 100) : dice.Next(101, 160)) / 100m, 2));
        if (total <= 0 || total == order.OrderTotal)
            return "which stays";
        purchase.Totals.Add((host.Time.Now, total));
        order.OrderTotal = total;
        await services.GetRequiredService<IOrderService>().UpdateOrderAsync(order);
        return FormattableString.Invariant($"{total}");
    });

    private ScenarioAction EnterKey() => EnterKey("the owner enters the API key of the account", () => host.Site.ApiKey);

    private ScenarioAction EnterOtherKey()
    {
        _mayBeUnsigned = true;
        return EnterKey("the owner enters the API key of another account", () => host.OtherSite.ApiKey);
    }

    private ScenarioAction RemoveKey()
    {
        _mayBeUnsigned = true;
        return EnterKey("the owner removes the API key", () => string.Empty);
    }

    private ScenarioAction EnterKey(string text, Func<string> key) => new(text, AtOnce: () => host.SetAsync((settings, services) =>
        settings.TestApiKey = services.GetRequiredService<StoreSettings>().Protect(key())));
}
