namespace Nop.Plugin.Payments.MultiSafepay;

/// <summary>Names that are shared with nopCommerce, with MultiSafepay and with the plugin's views.</summary>
public static class MultiSafepayDefaults
{
    /// <summary>The system name of the plugin, which is also the payment method of its orders.</summary>
    public const string SystemName = "Payments.MultiSafepay";

    /// <summary>The folder of the plugin's views, as nopCommerce resolves them.</summary>
    public const string ViewsFolder = "~/Plugins/Payments.MultiSafepay/Views/";

    /// <summary>The prefix of the plugin's locale resources; uninstalling deletes every resource with it.</summary>
    public const string ResourcePrefix = "Plugins.Payments.MultiSafepay";

    /// <summary>The key of the order's generic attribute with its <see cref="Payments.Records.PaymentRecord"/>.</summary>
    public const string PaymentRecordAttribute = "MultiSafepay.Payment";

    /// <summary>The configuration key that replaces MultiSafepay's base URL during development; never set in a real shop.</summary>
    public const string DevelopmentApiUrlKey = "MultiSafepay:ApiUrl";

    /// <summary>The path of a transaction below <see cref="LiveDashboardUrl"/> and <see cref="TestDashboardUrl"/>; its id follows (MultiSafepay's plugin for WooCommerce, 6.7).</summary>
    public const string DashboardTransactionPath = "transaction/";

    /// <summary>The URL of MultiSafepay's dashboard.</summary>
    public const string LiveDashboardUrl = "https://merchant.multisafepay.com/";

    /// <summary>The URL of the dashboard of MultiSafepay's test environment.</summary>
    public const string TestDashboardUrl = "https://testmerchant.multisafepay.com/";

    /// <summary>The largest notification that is read, in bytes. Genuine ones have a few kilobytes. No source; chosen.</summary>
    public const int MaxNotificationBytes = 256 * 1024;

    /// <summary>Paths and names of the plugin's routes.</summary>
    public static class Routes
    {
        /// <summary>The path for notifications; the store id follows in the path, because the URL may not have a query string (OpenAPI description, PaymentOptions).</summary>
        public const string Notification = "multisafepay/notification";

        /// <summary>The path to which the customer returns after paying.</summary>
        public const string Return = "multisafepay/return";

        /// <summary>The path to which the customer returns without having paid.</summary>
        public const string Cancel = "multisafepay/cancel";

        /// <summary>The path by which a customer without a session tries a payment again.</summary>
        public const string Retry = "multisafepay/retry";

        /// <summary>The path by which a customer puts the items of an unpaid order back into the cart.</summary>
        public const string Cart = "multisafepay/cart";

        /// <summary>The path of the page with a customer's saved cards.</summary>
        public const string SavedCards = "multisafepay/cards";

        /// <summary>The name of the route for the page with a customer's saved cards.</summary>
        public const string SavedCardsName = "MultiSafepaySavedCards";

        /// <summary>The path of the page with a customer's subscriptions.</summary>
        public const string Subscriptions = "multisafepay/subscriptions";

        /// <summary>The name of the route for the page with a customer's subscriptions.</summary>
        public const string SubscriptionsName = "MultiSafepaySubscriptions";

        /// <summary>The name of nopCommerce's route for the page on which customers cancel subscriptions.</summary>
        public const string RecurringPaymentsName = "CustomerRecurringPayments";

        /// <summary>The name of nopCommerce's route for the shopping cart.</summary>
        public const string CartName = "ShoppingCart";

        /// <summary>The name of nopCommerce's route for the customer's order page.</summary>
        public const string OrderDetailsName = "OrderDetails";

        /// <summary>The name of nopCommerce's route for the page after a completed checkout.</summary>
        public const string CheckoutCompletedName = "CheckoutCompleted";

        /// <summary>The name of nopCommerce's route for the home page.</summary>
        public const string HomepageName = "Homepage";
    }
}
