using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>Builds the request that creates a nopCommerce order at MultiSafepay. Every field is truncated to MultiSafepay's limit or omitted.</summary>
public class OrderRequestFactory(CustomerFactory customerFactory, CartSourceReader cartSourceReader, IEventPublisher eventPublisher)
{
    /// <summary>The longest description that MultiSafepay accepts, in characters (OpenAPI description, Description).</summary>
    public const int MaxDescriptionLength = 200;

    /// <summary>The description template that is used if the owner has not entered one.</summary>
    public const string DefaultDescription = $"{{{TextTemplate.OrderNumber}}} - {{{TextTemplate.StoreName}}}";

    private const int MaxTemplateIdLength = 50;

    /// <summary>Builds the request for one attempt and lets other plugins modify it (<see cref="OrderRequestCreatedEvent"/>).</summary>
    /// <param name="order">The order.</param>
    /// <param name="store">The order's own store.</param>
    /// <param name="settings">The settings of that store.</param>
    /// <param name="attempt">The payment attempt, as recorded with the order.</param>
    /// <param name="method">The payment method that the customer chose; null for the payment page.</param>
    public async Task<OrderRequest> CreateAsync(Order order, Store store, MultiSafepaySettings settings, PaymentAttempt attempt, MethodChoice? method = null)
    {
        method ??= MethodChoice.PaymentPage;
        var request = await BuildAsync(order, store, settings, attempt, method);
        var created = new OrderRequestCreatedEvent(order, request);
        await eventPublisher.PublishAsync(created);
        return await ProtectedAsync(order, request, created.Request, method);
    }

    private async Task<OrderRequest> BuildAsync(Order order, Store store, MultiSafepaySettings settings, PaymentAttempt attempt, MethodChoice method)
    {
        var customer = await customerFactory.CustomerAsync(order, settings, method);
        var (cart, options) = settings.SendCart || method.NeedsCart ? await CartAsync(order, attempt) : default;
        var lifetime = PaymentLinkLifetime.From(settings);
        return new OrderRequest
        {
            Type = method.Card is not null || (settings.BankTransferInShop && string.Equals(method.Gateway, PaymentMeans.BankTransfer, StringComparison.OrdinalIgnoreCase))
                ? OrderType.Direct
                : OrderType.Redirect,
            OrderId = attempt.OrderId,

            // The token says which card it is; MultiSafepay's newest example of a payment with one has no gateway (docs.multisafepay.com, Recurring payments).
            Gateway = method.Card is null ? method.Gateway : null,
            RecurringModel = method.CustomerReference is null ? null : method.RecurringModel,
            RecurringId = method.Card?.Token,
            Currency = attempt.Currency,
            Amount = attempt.Amount,
            Description = Description(order, store, settings) ?? attempt.OrderId,
            PaymentOptions = new PaymentOptions
            {
                NotificationUrl = ShopUrls.Notification(store, settings),
                NotificationMethod = "POST",
                RedirectUrl = ShopUrls.Return(store, order.OrderGuid),
                CancelUrl = ShopUrls.Cancel(store, order.OrderGuid),
                TemplateId = FieldText.Clean(settings.TemplateId, MaxTemplateIdLength)
            },
            Customer = method.CustomerReference is null ? customer : customer with { Reference = method.CustomerReference },
            Delivery = await customerFactory.DeliveryAsync(order, settings, method, customer),
            GatewayInfo = await customerFactory.GatewayInfoAsync(order, method, customer),
            ShoppingCart = cart,
            CheckoutOptions = options,
            SecondChance = new SecondChance(settings.SecondChance),
            DaysActive = lifetime.Days,
            SecondsActive = lifetime.Seconds,
            Capture = ManualCapture.ModeFor(settings, method),
            Var1 = OrderReference.From(order).ToString(),
            Plugin = new PluginInfo
            {
                Shop = "nopCommerce",
                ShopVersion = PluginVersions.Shop,
                PluginVersion = PluginVersions.Plugin,
                ShopRootUrl = store.Url
            }
        };
    }

    private async Task<(ShoppingCart? Cart, CheckoutOptions? Options)> CartAsync(Order order, PaymentAttempt attempt) =>
        CartFactory.Create(await cartSourceReader.ReadAsync(order), new Charge(attempt.Currency, attempt.Amount, attempt.CurrencyRate));

    // The synchronizer relies on the fields that are restored here: otherwise a payment could not be matched to its order or would be compared with the wrong amount, and a saved card could be
    // charged for another customer.
    private async Task<OrderRequest> ProtectedAsync(Order order, OrderRequest original, OrderRequest? changed, MethodChoice method)
    {
        if (changed is null || ReferenceEquals(changed, original))
            return original;

        var (cart, options) = (changed.ShoppingCart, changed.CheckoutOptions);
        if (cart is not { Items.Count: > 0 } && method.NeedsCart)
            (cart, options) = (original.ShoppingCart, original.CheckoutOptions);
        if (cart is { Items.Count: > 0 })
            (cart, options) = CartBalance.Balance(cart, options, original.Amount, original.Currency, await cartSourceReader.TextsAsync(order));

        return changed with
        {
            Type = original.Type,
            OrderId = original.OrderId,
            Currency = original.Currency,
            Amount = original.Amount,
            Var1 = original.Var1,
            RecurringModel = original.RecurringModel,
            RecurringId = original.RecurringId,
            Customer = original.Customer!.Reference is null ? changed.Customer : (changed.Customer ?? original.Customer) with { Reference = original.Customer.Reference },
            DaysActive = original.DaysActive,
            SecondsActive = original.SecondsActive,
            ShoppingCart = cart,
            CheckoutOptions = options,
            PaymentOptions = (changed.PaymentOptions ?? original.PaymentOptions!) with
            {
                NotificationUrl = original.PaymentOptions!.NotificationUrl,
                NotificationMethod = original.PaymentOptions.NotificationMethod
            }
        };
    }

    private static string? Description(Order order, Store store, MultiSafepaySettings settings)
    {
        var template = string.IsNullOrWhiteSpace(settings.DescriptionTemplate) ? DefaultDescription : settings.DescriptionTemplate;
        return FieldText.Clean(
            TextTemplate.Fill(template, new Dictionary<string, string?>
            {
                [TextTemplate.OrderNumber] = order.CustomOrderNumber,
                [TextTemplate.OrderId] = order.Id.ToString(CultureInfo.InvariantCulture),
                [TextTemplate.StoreName] = store.Name,
                [TextTemplate.StoreId] = store.Id.ToString(CultureInfo.InvariantCulture)
            }),
            MaxDescriptionLength);
    }
}
