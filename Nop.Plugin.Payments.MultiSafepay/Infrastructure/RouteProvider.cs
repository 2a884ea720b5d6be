using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.ReturnPage;
using Nop.Web.Framework.Mvc.Routing;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>
/// Registers the public routes without a language prefix, because MultiSafepay and its payment page must reach them in every language of the shop.
/// </summary>
public class RouteProvider : IRouteProvider
{
    /// <inheritdoc/>
    public int Priority => 0;

    /// <inheritdoc/>
    public void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder)
    {
        // The HTTP methods share one path but not one action, because nopCommerce's routing answers 404 for some POST requests if several actions share a name.
        Map(endpointRouteBuilder, $"{MultiSafepayDefaults.Routes.Notification}/{{storeId:int}}", typeof(MultiSafepayWebhookController),
            nameof(MultiSafepayWebhookController.MultiSafepayNotification), "POST");
        Map(endpointRouteBuilder, $"{MultiSafepayDefaults.Routes.Notification}/{{storeId:int}}", typeof(MultiSafepayWebhookController),
            nameof(MultiSafepayWebhookController.MultiSafepayHint), "GET");
        Map(endpointRouteBuilder, $"{MultiSafepayDefaults.Routes.Return}/{{orderGuid:guid}}", typeof(MultiSafepayReturnController),
            nameof(MultiSafepayReturnController.MultiSafepayReturn), "GET");
        Map(endpointRouteBuilder, $"{MultiSafepayDefaults.Routes.Cancel}/{{orderGuid:guid}}", typeof(MultiSafepayReturnController),
            nameof(MultiSafepayReturnController.MultiSafepayCancel), "GET");
        Map(endpointRouteBuilder, $"{MultiSafepayDefaults.Routes.Retry}/{{orderGuid:guid}}", typeof(MultiSafepayRetryController),
            nameof(MultiSafepayRetryController.MultiSafepayRetry), "POST");
        Map(endpointRouteBuilder, $"{MultiSafepayDefaults.Routes.Cart}/{{orderGuid:guid}}", typeof(MultiSafepayCartController),
            nameof(MultiSafepayCartController.MultiSafepayCart), "POST");
        Map(endpointRouteBuilder, MultiSafepayDefaults.Routes.SavedCards, typeof(MultiSafepayCardsController), nameof(MultiSafepayCardsController.MultiSafepayCards), "GET",
            MultiSafepayDefaults.Routes.SavedCardsName);
        Map(endpointRouteBuilder, MultiSafepayDefaults.Routes.SavedCards, typeof(MultiSafepayCardsController), nameof(MultiSafepayCardsController.MultiSafepayDeleteCard), "POST");
        Map(endpointRouteBuilder, MultiSafepayDefaults.Routes.Subscriptions, typeof(MultiSafepayMySubscriptionsController),
            nameof(MultiSafepayMySubscriptionsController.MultiSafepayMySubscriptions), "GET", MultiSafepayDefaults.Routes.SubscriptionsName);
        Map(endpointRouteBuilder, MultiSafepayDefaults.Routes.Subscriptions, typeof(MultiSafepayMySubscriptionsController),
            nameof(MultiSafepayMySubscriptionsController.MultiSafepayChangeCard), "POST");
    }

    private static void Map(IEndpointRouteBuilder routes, string pattern, Type controller, string action, string verb, string? name = null) => routes.MapControllerRoute(
        name: name ?? $"{MultiSafepayDefaults.ResourcePrefix}.{action}",
        pattern: pattern,
        defaults: new { controller = controller.Name[..^"Controller".Length], action },
        constraints: new { httpMethod = new HttpMethodRouteConstraint(verb) });
}
