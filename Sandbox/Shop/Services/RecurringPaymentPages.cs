using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Services.Customers;
using Nop.Services.Localization;
using Nop.Services.Orders;
using Sandbox.Shop.Models;

namespace Sandbox.Shop.Services;

/// <summary>What the pages show of orders that are repeated at intervals, to their customer and to the administrator.</summary>
internal sealed class RecurringPaymentPages(
    IOrderService orders,
    IOrderProcessingService processing,
    PaymentService payments,
    ICustomerService customers,
    ILocalizationService texts,
    OrderPages pages,
    PriceText prices)
{
    /// <summary>Those of a customer in a store that are going on.</summary>
    public async Task<IReadOnlyList<RecurringPaymentModel>> ListAsync(Customer customer, int storeId)
    {
        List<RecurringPaymentModel> rows = [];
        foreach (var payment in await orders.SearchRecurringPaymentsAsync(storeId, customer.Id))
            rows.Add(await RowAsync(payment, customer));
        return rows;
    }

    /// <summary>All of the shop, those that have ended as well.</summary>
    public async Task<IReadOnlyList<RecurringPaymentModel>> ListAsync(Customer administrator)
    {
        List<RecurringPaymentModel> rows = [];
        foreach (var payment in await orders.SearchRecurringPaymentsAsync(showHidden: true))
            rows.Add(await RowAsync(payment, administrator));
        return rows;
    }

    public async Task<RecurringPaymentPageModel> DetailsAsync(RecurringPayment payment, Customer administrator)
    {
        List<OrderRowModel> history = [];
        foreach (var entry in await orders.GetRecurringPaymentHistoryAsync(payment))
        {
            if (await orders.GetOrderByIdAsync(entry.OrderId) is { } order)
                history.Add(await pages.RowAsync(order, prices.ShowPrimaryAsync));
        }

        var initial = await orders.GetOrderByIdAsync(payment.InitialOrderId);
        return new RecurringPaymentPageModel
        {
            Row = await RowAsync(payment, administrator),
            Form = new RecurringPaymentForm { CycleLength = payment.CycleLength, CyclePeriodId = payment.CyclePeriodId, TotalCycles = payment.TotalCycles, IsActive = payment.IsActive },
            Periods = await PeriodsAsync(),
            PaymentType = await texts.GetLocalizedEnumAsync(await payments.GetRecurringPaymentTypeAsync(initial?.PaymentMethodSystemName ?? "")),
            History = history,
        };
    }

    private async Task<RecurringPaymentModel> RowAsync(RecurringPayment payment, Customer viewer)
    {
        var initial = await orders.GetOrderByIdAsync(payment.InitialOrderId);
        var customer = initial is null ? null : await customers.GetCustomerByIdAsync(initial.CustomerId);
        return new RecurringPaymentModel(payment.Id, customer?.Email ?? "", $"{payment.CycleLength} {await texts.GetLocalizedEnumAsync(payment.CyclePeriod)}", payment.IsActive,
            payment.StartDateUtc, await processing.GetNextPaymentDateAsync(payment), payment.TotalCycles, await processing.GetCyclesRemainingAsync(payment), payment.InitialOrderId,
            initial?.CustomOrderNumber ?? "?", payment.LastPaymentFailed, await processing.CanCancelRecurringPaymentAsync(viewer, payment),
            await processing.CanRetryLastRecurringPaymentAsync(viewer, payment));
    }

    private async Task<IReadOnlyList<(int Id, string Name)>> PeriodsAsync()
    {
        List<(int, string)> periods = [];
        foreach (var period in Enum.GetValues<RecurringProductCyclePeriod>())
            periods.Add(((int)period, await texts.GetLocalizedEnumAsync(period)));
        return periods;
    }
}

/// <summary>How often a product is sent, in words.</summary>
internal sealed class CycleText(ILocalizationService texts)
{
    /// <summary>Null for a product that is sent once.</summary>
    public async Task<string?> DescribeAsync(Product? product) => product is not { IsRecurring: true } ? null : string.Format(null,
        await texts.GetResourceAsync("ShoppingCart.RecurringPeriod"), product.RecurringCycleLength, await texts.GetLocalizedEnumAsync(product.RecurringCyclePeriod), product.RecurringTotalCycles);
}
