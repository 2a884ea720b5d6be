using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Services.Payments;
using LogLevel = Nop.Core.Domain.Logging.LogLevel;

namespace Sandbox.Shop.Services;

/// <content>
/// Orders that are repeated at intervals. Nothing here happens by itself on the day that a payment is due: somebody has to ask for the next one. And nothing is locked, as in nopCommerce: who asks
/// twice at once gets two orders.
/// </content>
internal sealed partial class OrderProcessingService
{
    public async Task<DateTime?> GetNextPaymentDateAsync(RecurringPayment recurringPayment)
    {
        if (!recurringPayment.IsActive)
            return null;
        var done = (await orders.GetRecurringPaymentHistoryAsync(recurringPayment)).Count;
        if (done >= recurringPayment.TotalCycles)
            return null;

        var (start, passed) = (recurringPayment.StartDateUtc, recurringPayment.CycleLength * done);
        if (passed == 0)
            return start;
        return recurringPayment.CyclePeriod switch
        {
            RecurringProductCyclePeriod.Days => start.AddDays(passed),
            RecurringProductCyclePeriod.Weeks => start.AddDays(7 * passed),
            RecurringProductCyclePeriod.Months => start.AddMonths(passed),
            RecurringProductCyclePeriod.Years => start.AddYears(passed),
            _ => throw new NopException("Not supported cycle period"),
        };
    }

    public async Task<int> GetCyclesRemainingAsync(RecurringPayment recurringPayment) =>
        Math.Max(0, recurringPayment.TotalCycles - (await orders.GetRecurringPaymentHistoryAsync(recurringPayment)).Count);

    public async Task<IEnumerable<string>> ProcessNextRecurringPaymentAsync(RecurringPayment recurringPayment, ProcessPaymentResult? paymentResult = null)
    {
        try
        {
            return await ProcessNextAsync(recurringPayment, paymentResult);
        }
        catch (Exception exception)
        {
            await logger.ErrorAsync($"Error while processing recurring order. {exception.Message}", exception);
            throw;
        }
    }

    /// <summary>Ends what an order repeats. It stays active if the payment method refuses.</summary>
    public async Task<IList<string>> CancelRecurringPaymentAsync(RecurringPayment recurringPayment)
    {
        if (await orders.GetOrderByIdAsync(recurringPayment.InitialOrderId) is not { } initial)
            return ["Initial order could not be loaded"];

        CancelRecurringPaymentResult? result = null;
        try
        {
            result = await payments.CancelRecurringPaymentAsync(new CancelRecurringPaymentRequest { Order = initial });
            if (result.Success)
            {
                recurringPayment.IsActive = false;
                await orders.UpdateRecurringPaymentAsync(recurringPayment);
                await AddNoteAsync(initial, "Recurring payment has been cancelled");
                await mails.SendToOwnerAsync("RecurringPaymentCancelled.StoreOwnerNotification", initial);
            }
        }
        catch (Exception exception)
        {
            result ??= new CancelRecurringPaymentResult();
            result.AddError(Describe(exception));
        }

        if (result.Errors.Count > 0)
        {
            var all = string.Join(". ", result.Errors.Select((error, index) => $"Error {index}: {error}"));
            await AddNoteAsync(initial, $"Unable to cancel recurring payment. {all}");
            await logger.InsertLogAsync(LogLevel.Error, $"Error cancelling recurring payment. Order #{initial.Id}. Error: {all}", all);
        }

        return result.Errors;
    }

    public async Task<bool> CanCancelRecurringPaymentAsync(Customer customerToValidate, RecurringPayment recurringPayment) =>
        await IsForAsync(customerToValidate, recurringPayment) && await GetNextPaymentDateAsync(recurringPayment) is not null;

    /// <summary>Whether the customer may ask for the payment that failed once more. What is made is the next order: there is none of the payment that failed.</summary>
    public async Task<bool> CanRetryLastRecurringPaymentAsync(Customer customer, RecurringPayment recurringPayment) =>
        recurringPayment.LastPaymentFailed && await IsForAsync(customer, recurringPayment) && await orders.GetOrderByIdAsync(recurringPayment.InitialOrderId) is { } initial
        && await payments.GetRecurringPaymentTypeAsync(initial.PaymentMethodSystemName) == RecurringPaymentType.Manual;

    private async Task<IEnumerable<string>> ProcessNextAsync(RecurringPayment recurringPayment, ProcessPaymentResult? known)
    {
        if (!recurringPayment.IsActive)
            throw new NopException("Recurring payment is not active");
        var initial = await orders.GetOrderByIdAsync(recurringPayment.InitialOrderId) ?? throw new NopException("Initial order could not be loaded");
        var customer = await customers.GetCustomerByIdAsync(initial.CustomerId) ?? throw new NopException("Customer could not be loaded");
        if (await GetNextPaymentDateAsync(recurringPayment) is null)
            throw new NopException("Next payment date could not be calculated");

        var request = new ProcessPaymentRequest
        {
            StoreId = initial.StoreId,
            CustomerId = customer.Id,
            OrderGuid = Guid.NewGuid(),
            OrderTotal = initial.OrderTotal,
            PaymentMethodSystemName = initial.PaymentMethodSystemName,
            InitialOrder = initial,
            RecurringCycleLength = recurringPayment.CycleLength,
            RecurringCyclePeriod = recurringPayment.CyclePeriod,
            RecurringTotalCycles = recurringPayment.TotalCycles,
        };
        CustomValuesText.Restore(request, initial.CustomValuesXml);
        var details = await recurringPlacement.GatherAsync(initial, customer);
        var payment = await payments.PayRecurringAsync(request, known);
        if (!payment.Success)
            return await FailAsync(recurringPayment, initial, customer, payment);

        var order = await recurringPlacement.SaveAsync(request, payment, details);
        await recurringPlacement.CopyItemsAsync(initial, order);
        await TellOfOrderAsync(order);
        await events.PublishAsync(new OrderPlacedEvent(order));
        await CheckOrderStatusAsync(order);
        if (order.PaymentStatus == PaymentStatus.Paid)
            await ProcessOrderPaidAsync(order);

        recurringPayment.LastPaymentFailed = false;
        await AddToHistoryAsync(recurringPayment, order);
        await orders.UpdateRecurringPaymentAsync(recurringPayment);
        return [];
    }

    /// <summary>An error is only told; a payment that the method calls failed is remembered, or ends it all if the shop is set so.</summary>
    private async Task<IEnumerable<string>> FailAsync(RecurringPayment recurringPayment, Order initial, Customer customer, ProcessPaymentResult payment)
    {
        await logger.ErrorAsync($"Error while processing recurring order. {string.Join(" ", payment.Errors.Select((error, index) => $"Error {index + 1}: {error}."))}", customer: customer);
        if (!payment.RecurringPaymentFailed)
            return payment.Errors;

        recurringPayment.LastPaymentFailed = true;
        await orders.UpdateRecurringPaymentAsync(recurringPayment);
        if (paymentSettings.CancelRecurringPaymentsAfterFailedPayment)
        {
            foreach (var error in await CancelRecurringPaymentAsync(recurringPayment))
                await logger.ErrorAsync(error);
            await mails.SendToCustomerAsync("RecurringPaymentCancelled.CustomerNotification", initial);
        }
        else
        {
            await mails.SendToCustomerAsync("RecurringPaymentFailed.CustomerNotification", initial);
        }

        return payment.Errors;
    }

    /// <summary>What follows from placing an order of a recurring cart, whether it is paid or not.</summary>
    private async Task BeginRecurringPaymentAsync(ProcessPaymentRequest request, Order order)
    {
        var recurringPayment = new RecurringPayment
        {
            CycleLength = request.RecurringCycleLength,
            CyclePeriod = request.RecurringCyclePeriod,
            TotalCycles = request.RecurringTotalCycles,
            StartDateUtc = UtcNow,
            CreatedOnUtc = UtcNow,
            InitialOrderId = order.Id,
            IsActive = true,
        };
        await orders.InsertRecurringPaymentAsync(recurringPayment);
        if (await payments.GetRecurringPaymentTypeAsync(request.PaymentMethodSystemName) == RecurringPaymentType.Manual)
            await AddToHistoryAsync(recurringPayment, order);
    }

    private async Task CancelRecurringPaymentsOfAsync(Order order)
    {
        foreach (var recurringPayment in await orders.SearchRecurringPaymentsAsync(initialOrderId: order.Id))
            await CancelRecurringPaymentAsync(recurringPayment);
    }

    private async Task<bool> IsForAsync(Customer customer, RecurringPayment recurringPayment) =>
        await orders.GetOrderByIdAsync(recurringPayment.InitialOrderId) is { OrderStatus: not OrderStatus.Cancelled } initial
        && await customers.GetCustomerByIdAsync(initial.CustomerId) is { } owner
        && (owner.Id == customer.Id || await customers.IsAdminAsync(customer));

    private Task AddToHistoryAsync(RecurringPayment recurringPayment, Order order) => orders.InsertRecurringPaymentHistoryAsync(new RecurringPaymentHistory
    {
        RecurringPaymentId = recurringPayment.Id,
        OrderId = order.Id,
        CreatedOnUtc = UtcNow,
    });
}
