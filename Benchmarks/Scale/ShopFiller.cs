using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Benchmarks.Scale;

/// <summary>How a shop comes to have many orders.</summary>
internal enum Growth
{
    /// <summary>It sells twenty orders a day, and has been open for longer.</summary>
    Older,

    /// <summary>It has been open for three years, and sells more a day.</summary>
    Busier
}

/// <summary>
/// Fills a shop: seven of ten orders are ours, eight of ten of those are paid, the others were never paid and are cancelled when their link has run out after thirty days,
/// as it is in a real shop. The rest was paid by invoice and the like.
/// </summary>
internal static class ShopFiller
{
    private const int OrdersPerDay = 20;
    private const int ThreeYears = 1095;
    private const int LinkDays = 30;

    /// <summary>Fills the shop.</summary>
    /// <returns>The orders that still wait for their payment.</returns>
    public static async Task<IReadOnlyList<Order>> FillAsync(BenchShop shop, Growth growth, int orders, DateTime now)
    {
        var days = growth == Growth.Older ? (double)orders / OrdersPerDay : ThreeYears;
        var step = TimeSpan.FromDays(days / orders);
        var waiting = new List<Order>();
        for (var number = orders; number > 0; number--)
        {
            var order = BenchShop.NewOrder(49.95m, now - (step * number));
            var record = Make(order, number, now);
            await shop.Database.InsertAsync(order);
            order.CustomOrderNumber = order.Id.ToString(CultureInfo.InvariantCulture);
            await shop.Database.UpdateAsync(order);
            if (record is null)
                continue;
            await RememberAsync(shop, order, record(BenchShop.RecordOf(order)));
            if (order is { PaymentStatus: PaymentStatus.Pending, OrderStatus: OrderStatus.Pending })
                waiting.Add(order);
        }

        return waiting;
    }

    // Sets the order's state, and says what the plugin would remember of it; null for an order that is not ours.
    private static Func<PaymentRecord, PaymentRecord>? Make(Order order, int number, DateTime now)
    {
        if (number % 10 >= 7)
        {
            (order.PaymentMethodSystemName, order.PaymentStatus, order.OrderStatus) = ("Payments.CheckMoneyOrder", PaymentStatus.Paid, OrderStatus.Complete);
            return null;
        }

        if (number / 10 % 5 != 0)
        {
            (order.PaymentStatus, order.OrderStatus, order.CaptureTransactionId) = (PaymentStatus.Paid, OrderStatus.Complete, "700001");
            return record => record with { Attempts = [record.Current! with { State = TransactionState.Completed, TransactionId = "700001" }], Applied = ["paid:700001"] };
        }

        var isOver = now - order.CreatedOnUtc > TimeSpan.FromDays(LinkDays);
        if (isOver)
            order.OrderStatus = OrderStatus.Cancelled;
        return record => isOver ? record with { Attempts = [record.Current! with { Closed = true, State = TransactionState.Expired }] } : record;
    }

    private static async Task RememberAsync(BenchShop shop, Order order, PaymentRecord record)
    {
        await using var scope = shop.NewScope();
        await scope.ServiceProvider.GetRequiredService<PaymentRecordStore>().SaveAsync(order, record);
    }
}
