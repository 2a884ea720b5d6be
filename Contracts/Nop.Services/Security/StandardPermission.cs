namespace Nop.Services.Security;

/// <summary>The names of the permissions that nopCommerce knows.</summary>
public class StandardPermission
{
    /// <summary>Permissions for the admin pages as a whole.</summary>
    public class Security
    {
        public const string ACCESS_ADMIN_PANEL = "Security.AccessAdminPanel";
    }

    /// <summary>Permissions for orders.</summary>
    public class Orders
    {
        public const string ORDERS_VIEW = "Orders.OrdersView";
        public const string ORDERS_CREATE_EDIT_DELETE = "Orders.OrdersCreateEditDelete";
        public const string RECURRING_PAYMENTS_VIEW = "Orders.RecurringPaymentsView";
        public const string RECURRING_PAYMENTS_CREATE_EDIT_DELETE = "Orders.RecurringPaymentsCreateEditDelete";
    }

    /// <summary>Permissions for the configuration of the shop.</summary>
    public class Configuration
    {
        public const string MANAGE_PAYMENT_METHODS = "Configuration.ManagePaymentMethods";
    }
}
