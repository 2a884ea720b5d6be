namespace Nop.Web.Framework.Infrastructure;

/// <summary>Where widgets may appear in the shop.</summary>
public static class PublicWidgetZones
{
    public static string CheckoutCompletedBottom => "checkout_completed_bottom";
    public static string CheckoutCompletedTop => "checkout_completed_top";
    public static string OrderDetailsPageOverview => "orderdetails_page_overview";
    public static string OrderDetailsPageTop => "orderdetails_page_top";
}
