using System.Globalization;
using System.Xml.Linq;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Services.Orders;
using Nop.Services.Shipping;
using Nop.Web.Areas.Admin.Models.Orders;
using Sandbox.Shop.Models;

namespace Sandbox.Shop.Services;

/// <summary>What the administrator sees of an order.</summary>
internal sealed class AdminOrderPages(
    IOrderService orders,
    IOrderProcessingService processing,
    IShipmentService shipments,
    CurrencyService currencies,
    OrderPages pages,
    PaymentMethods methods,
    PriceText prices)
{
    /// <summary>The smallest amount there is; asks whether anything can be refunded.</summary>
    private const decimal OneCent = 0.01m;

    public async Task<IReadOnlyList<OrderRowModel>> ListAsync()
    {
        List<OrderRowModel> rows = [];
        foreach (var order in await orders.SearchOrdersAsync())
            rows.Add(await pages.RowAsync(order, prices.ShowPrimaryAsync));
        return rows;
    }

    public async Task<AdminOrderModel> DetailsAsync(Order order) => new()
    {
        Row = await pages.RowAsync(order, prices.ShowPrimaryAsync),
        Actions = await ActionsAsync(order),
        RecurringPaymentId = (await orders.SearchRecurringPaymentsAsync(initialOrderId: order.Id, showHidden: true)).FirstOrDefault()?.Id,
        Lines = await pages.LinesAsync(order, prices.ShowPrimaryAsync),
        Totals = await pages.TotalsAsync(order, prices.ShowPrimaryAsync),
        Notes = await pages.NotesAsync(order, forCustomer: null),
        Address = await pages.AddressAsync(order.BillingAddressId),
        Extras = order.CheckoutAttributeDescription,
        Shipments = [.. (await shipments.GetShipmentsByOrderIdAsync(order.Id)).Select(shipment => new ShipmentModel(shipment.Id, shipment.TrackingNumber ?? "", shipment.ShippedDateUtc))],
        Facts = await FactsAsync(order),
        Refundable = (order.OrderTotal - order.RefundedAmount).ToString("0.00", CultureInfo.InvariantCulture),
        CurrencyCode = (await currencies.GetPrimaryAsync()).CurrencyCode,
        Widget = new OrderModel
        {
            Id = order.Id,
            OrderGuid = order.OrderGuid,
            StoreId = order.StoreId,
            CustomOrderNumber = order.CustomOrderNumber,
            PaymentMethod = order.PaymentMethodSystemName ?? "",
        },
    };

    private async Task<OrderActions> ActionsAsync(Order order) => new()
    {
        Capture = await processing.CanCaptureAsync(order),
        MarkAsPaid = processing.CanMarkOrderAsPaid(order),
        Refund = await processing.CanRefundAsync(order),
        RefundOffline = processing.CanRefundOffline(order),
        PartiallyRefund = await processing.CanPartiallyRefundAsync(order, OneCent),
        PartiallyRefundOffline = processing.CanPartiallyRefundOffline(order, OneCent),
        Void = await processing.CanVoidAsync(order),
        VoidOffline = processing.CanVoidOffline(order),
        Cancel = processing.CanCancelOrder(order),
        Ship = order.OrderStatus != OrderStatus.Cancelled && order.ShippingStatus is ShippingStatus.NotYetShipped or ShippingStatus.PartiallyShipped,
    };

    private async Task<IReadOnlyList<(string Label, string Value)>> FactsAsync(Order order)
    {
        var seen = await prices.ShowAsync(order.OrderTotal, order);
        (string, string?)[] facts =
        [
            ("Order GUID", order.OrderGuid.ToString()),
            ("Payment method", await methods.NameAsync(order)),
            ("Paid (UTC)", order.PaidDateUtc?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
            ("Customer saw", string.Create(CultureInfo.InvariantCulture, $"{seen} (1 : {order.CurrencyRate})")),
            ("Refunded", order.RefundedAmount > 0 ? await prices.ShowPrimaryAsync(order.RefundedAmount) : null),
            ("Authorization transaction", order.AuthorizationTransactionId),
            ("Authorization result", order.AuthorizationTransactionResult),
            ("Capture transaction", order.CaptureTransactionId),
            ("Capture result", order.CaptureTransactionResult),
            .. CustomValues(order.CustomValuesXml),
            ("Customer IP", order.CustomerIp),
        ];
        return [.. facts.Where(fact => !string.IsNullOrEmpty(fact.Item2)).Select(fact => (fact.Item1, fact.Item2!))];
    }

    // nopCommerce's XML of what the payment method has told of the order: a list of keys and values.
    private static IEnumerable<(string Label, string? Value)> CustomValues(string? xml) => string.IsNullOrEmpty(xml)
        ? []
        : XElement.Parse(xml).Elements("item").Select(item => ((string?)item.Element("key") ?? "", (string?)item.Element("value")));
}
