using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Infrastructure;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Cms;
using Nop.Services.Localization;
using Nop.Services.Payments;
using Nop.Services.Plugins;
using Nop.Web.Framework.Infrastructure;

namespace Nop.Plugin.Payments.MultiSafepay;

/// <summary>The payment method and widget plugin that nopCommerce calls. Each member delegates to the module in charge.</summary>
/// <remarks>nopCommerce creates it for every page, to ask for its widgets and capabilities, so the modules are created when they are needed.</remarks>
public class MultiSafepayPaymentMethod(
    Deferred<PaymentStep> paymentStep,
    Deferred<CartMethods> cartMethods,
    Deferred<OfferedCards> offeredCards,
    Deferred<MethodFee> methodFee,
    Deferred<PaymentRedirect> paymentRedirect,
    Deferred<PaymentOperations> paymentOperations,
    Deferred<NextOrderPlacement> nextOrderPlacement,
    Deferred<SubscriptionEnd> subscriptionEnd,
    Deferred<Installation> installation,
    ILocalizationService localizationService,
    IWebHelper webHelper) : BasePlugin, IPaymentMethod, IWidgetPlugin
{
    /// <inheritdoc/>
    public bool SupportCapture => true;

    /// <inheritdoc/>
    public bool SupportPartiallyRefund => true;

    /// <inheritdoc/>
    public bool SupportRefund => true;

    /// <inheritdoc/>
    public bool SupportVoid => true;

    /// <inheritdoc/>
    public RecurringPaymentType RecurringPaymentType => RecurringPaymentType.Manual;

    /// <inheritdoc/>
    public PaymentMethodType PaymentMethodType => PaymentMethodType.Redirection;

    /// <inheritdoc/>
    public bool SkipPaymentInfo => false;

    /// <summary>Allows a pending order to be placed if it can be paid as chosen. Makes no API call, because nopCommerce may hold a lock on all orders here.</summary>
    public Task<ProcessPaymentResult> ProcessPaymentAsync(ProcessPaymentRequest processPaymentRequest) => paymentStep.Value.PlaceAsync(processPaymentRequest);

    /// <summary>Creates the order at MultiSafepay and redirects the customer to the payment page. Never throws.</summary>
    public Task PostProcessPaymentAsync(PostProcessPaymentRequest postProcessPaymentRequest) => paymentRedirect.Value.RedirectAsync(postProcessPaymentRequest.Order);

    /// <summary>Hides the method if it is not available: no API key, turned off for the store, an unsupported currency, or no payment method for the cart.</summary>
    /// <remarks>nopCommerce asks before it shows the list of payment methods, so the customer's saved cards are read meanwhile.</remarks>
    public async Task<bool> HidePaymentMethodAsync(IList<ShoppingCartItem> cart)
    {
        // A guest who wants to subscribe is told to register, by the payment step.
        if ((await cartMethods.Value.ForCartAsync(cart, CancellationToken.None)).Problem is not (null or OfferProblem.SubscriptionOfGuest))
            return true;
        await offeredCards.Value.ReadAheadAsync();
        return false;
    }

    /// <inheritdoc/>
    public Task<decimal> GetAdditionalHandlingFeeAsync(IList<ShoppingCartItem> cart) => methodFee.Value.OfAsync(cart);

    /// <inheritdoc/>
    public Task<CapturePaymentResult> CaptureAsync(CapturePaymentRequest capturePaymentRequest) => paymentOperations.Value.CaptureAsync(capturePaymentRequest, CancellationToken.None);

    /// <inheritdoc/>
    public Task<RefundPaymentResult> RefundAsync(RefundPaymentRequest refundPaymentRequest) => paymentOperations.Value.RefundAsync(refundPaymentRequest, CancellationToken.None);

    /// <inheritdoc/>
    public Task<VoidPaymentResult> VoidAsync(VoidPaymentRequest voidPaymentRequest) => paymentOperations.Value.VoidAsync(voidPaymentRequest, CancellationToken.None);

    /// <summary>Allows the first order of a subscription, as <see cref="ProcessPaymentAsync"/>, or a later one, which the scheduled task charges when it is there.</summary>
    public Task<ProcessPaymentResult> ProcessRecurringPaymentAsync(ProcessPaymentRequest processPaymentRequest) =>
        processPaymentRequest.InitialOrder is null ? paymentStep.Value.PlaceAsync(processPaymentRequest) : nextOrderPlacement.Value.PlaceAsync(processPaymentRequest);

    /// <summary>Cancels a subscription. Always succeeds: the customer must be able to.</summary>
    public async Task<CancelRecurringPaymentResult> CancelRecurringPaymentAsync(CancelRecurringPaymentRequest cancelPaymentRequest)
    {
        await subscriptionEnd.Value.AnnounceAsync(cancelPaymentRequest.Order);
        return new CancelRecurringPaymentResult();
    }

    /// <summary>Whether the payment can be retried, which is so for every pending order: a valid payment link is reused, or a new one is created.</summary>
    public Task<bool> CanRePostProcessPaymentAsync(Order order) =>
        Task.FromResult(order is { Deleted: false, OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending });

    /// <inheritdoc/>
    public Task<IList<string>> ValidatePaymentFormAsync(IFormCollection form) => paymentStep.Value.ValidateAsync(form);

    /// <inheritdoc/>
    public Task<ProcessPaymentRequest> GetPaymentInfoAsync(IFormCollection form) => paymentStep.Value.ReadAsync(form);

    /// <inheritdoc/>
    public Type GetPublicViewComponent() => typeof(PaymentInfoViewComponent);

    /// <inheritdoc/>
    public Task<string> GetPaymentMethodDescriptionAsync() => localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.PaymentMethodDescription");

    /// <inheritdoc/>
    public override string GetConfigurationPageUrl() => $"{webHelper.GetStoreLocation()}Admin/MultiSafepay/{nameof(MultiSafepayController.Configure)}";

    /// <summary>True, because the widgets belong to the payment method and are not meant to be turned off in the owner's list of widgets.</summary>
    public bool HideInWidgetList => true;

    /// <inheritdoc/>
    public Task<IList<string>> GetWidgetZonesAsync() => Task.FromResult<IList<string>>([AdminWidgetZones.OrderDetailsBlock, PublicWidgetZones.OrderDetailsPageOverview]);

    /// <inheritdoc/>
    public Type GetWidgetViewComponent(string widgetZone) =>
        widgetZone == AdminWidgetZones.OrderDetailsBlock ? typeof(OrderPanelViewComponent) : typeof(OrderPaymentViewComponent);

    /// <summary>Adds settings, texts, the scheduled task, the widgets and the message template.</summary>
    public override async Task InstallAsync()
    {
        await installation.Value.AddAsync();
        await base.InstallAsync();
    }

    /// <summary>Adds what is new in a version; the owner's settings and edited texts are kept.</summary>
    public override async Task UpdateAsync(string currentVersion, string targetVersion)
    {
        await installation.Value.CompleteAsync();
        await base.UpdateAsync(currentVersion, targetVersion);
    }

    /// <summary>Tells the owner what uninstalling removes and what it keeps.</summary>
    public override async Task PreparePluginToUninstallAsync()
    {
        await installation.Value.AnnounceRemovalAsync();
        await base.PreparePluginToUninstallAsync();
    }

    /// <summary>Removes settings, texts, the scheduled task, the alerts, the widgets and the message template. The payment records stay with their orders.</summary>
    public override async Task UninstallAsync()
    {
        await installation.Value.RemoveAsync();
        await base.UninstallAsync();
    }
}
