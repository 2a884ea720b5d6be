namespace Nop.Core.Domain.Customers;

/// <summary>The names of attributes that nopCommerce keeps for a customer.</summary>
public static class NopCustomerDefaults
{
    public static string SelectedShippingOptionAttribute => "SelectedShippingOption";
}
