namespace Nop.Plugin.Payments.MultiSafepay;

/// <summary>Names that the plugin shares with nopCommerce, with MultiSafepay and with its own views.</summary>
public static class MultiSafepayDefaults
{
    /// <summary>The plugin's system name: what an order of ours carries as its payment method.</summary>
    public const string SystemName = "Payments.MultiSafepay";

    /// <summary>The folder of the plugin's views, as nopCommerce resolves them.</summary>
    public const string ViewsFolder = "~/Plugins/Payments.MultiSafepay/Views/";

    /// <summary>The prefix of every locale resource of the plugin; uninstalling deletes all below it.</summary>
    public const string ResourcePrefix = "Plugins.Payments.MultiSafepay";

    /// <summary>The key of the order's generic attribute that holds its <see cref="Payments.Records.PaymentRecord"/>.</summary>
    public const string PaymentRecordAttribute = "MultiSafepay.Payment";

    /// <summary>The configuration key that replaces MultiSafepay's base URL while developing; never set in a real shop.</summary>
    public const string DevelopmentApiUrlKey = "MultiSafepay:ApiUrl";

    /// <summary>Where owners sign in to MultiSafepay's dashboard.</summary>
    public const string LiveDashboardUrl = "https://merchant.multisafepay.com/";

    /// <summary>Where owners sign in to the dashboard of MultiSafepay's test environment.</summary>
    public const string TestDashboardUrl = "https://testmerchant.multisafepay.com/";

    /// <summary>The largest notification that is read, in bytes. MultiSafepay's own are a few kilobytes.</summary>
    public const int MaxNotificationBytes = 256 * 1024;

    /// <summary>Paths and names of the plugin's routes.</summary>
    public static class Routes
    {
        /// <summary>Where MultiSafepay posts its notifications; the store's id is part of the path because a query string is not allowed.</summary>
        public const string Notification = "multisafepay/notification";

        /// <summary>Where the customer returns to after paying.</summary>
        public const string Return = "multisafepay/return";

        /// <summary>Where the customer returns to after leaving the payment page.</summary>
        public const string Cancel = "multisafepay/cancel";

        /// <summary>nopCommerce's own route of a customer's order page.</summary>
        public const string OrderDetailsName = "OrderDetails";

        /// <summary>nopCommerce's own route of the page that thanks for an order.</summary>
        public const string CheckoutCompletedName = "CheckoutCompleted";

        /// <summary>nopCommerce's own route of the home page.</summary>
        public const string HomepageName = "Homepage";
    }
}
