using System.Reflection;
using Microsoft.AspNetCore.StaticFiles;

namespace Sandbox.Shop.Hosting;

/// <summary>The routes, by the names that nopCommerce gives them.</summary>
internal static class ShopRoutes
{
    /// <summary>The route value that holds the language's code, where the shop has it in its URLs.</summary>
    public const string LanguageKey = "language";

    /// <summary>The language that is meant where a link is made outside a page: on a plugin's own route, in a task.</summary>
    private const string DefaultLanguage = "en";

    public const string Homepage = "Homepage";
    public const string Cart = "ShoppingCart";
    public const string Checkout = "Checkout";
    public const string OnePageCheckout = "CheckoutOnePage";
    public const string OnePageRedirection = "OpcCompleteRedirectionPayment";
    public const string CheckoutCompleted = "CheckoutCompleted";
    public const string CustomerInfo = "CustomerInfo";
    public const string CustomerRecurringPayments = "CustomerRecurringPayments";
    public const string Login = "Login";
    public const string OrderDetails = "OrderDetails";
    public const string RePostPayment = "RePostPayment";

    private static readonly FileExtensionContentTypeProvider _contentTypes = new();

    public static void Map(WebApplication app, ShopOptions options)
    {
        app.MapGet("assets/{name}", Asset);
        app.MapGet("Plugins/{systemName}/{**path}", (string systemName, string path, PluginFiles files) => files.FindServed(systemName, path) is { } file
            ? Results.Stream(file.CreateReadStream(), TypeOf(file.Name), lastModified: file.LastModified)
            : Results.NotFound());

        var language = options.LanguageInUrl ? $"{{{LanguageKey}:{LanguageInLinks.Name}:regex(^(en|nl)$)={DefaultLanguage}}}/" : "";
        app.MapControllerRoute("areaRoute", "{area:exists}/{controller=Home}/{action=Index}/{id?}");
        Named(Homepage, "", "Home", "Index");
        Named(Cart, "cart", "Cart", "Index");
        Named(Checkout, "checkout", "Checkout", "Index");
        Named(OnePageCheckout, "onepagecheckout", "OnePageCheckout", "Index");
        Named(OnePageRedirection, "checkout/OpcCompleteRedirectionPayment", "OnePageCheckout", "CompleteRedirectionPayment");
        foreach (var step in new[] { "SaveBilling", "SavePaymentMethod", "SavePaymentInfo", "ConfirmOrder" })
            Named($"Opc{step}", $"checkout/Opc{step}", "OnePageCheckout", step);
        Named(CheckoutCompleted, "checkout/completed/{orderId:int?}", "Checkout", "Completed");
        Named(Login, "login", "Customer", "Login");
        Named(CustomerInfo, "customer/info", "Customer", "Info");
        Named("CustomerOrders", "order/history", "Order", "CustomerOrders");
        Named(CustomerRecurringPayments, "customer/recurringpayments", "Order", CustomerRecurringPayments);
        Named(OrderDetails, "orderdetails/{orderId:int}", "Order", "Details");
        Named("CancelOrder", "cancelorder/{orderId:int}", "Order", "CancelOrder");
        Named("ReOrder", "reorder/{orderId:int}", "Order", "ReOrder");
        Named(RePostPayment, "orderdetails/repostpayment/{orderId:int}", "Order", "RePostPayment");
        app.MapControllerRoute("ScheduleTask", "scheduletask/runtask", new { controller = "ScheduleTask", action = "RunTask" });
        app.MapControllerRoute("PageNotFound", "page-not-found", new { controller = "Home", action = "PageNotFound" });
        app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}");

        void Named(string name, string pattern, string controller, string action) => app.MapControllerRoute(name, language + pattern, new { controller, action });
    }

    /// <summary>Style sheets and pictures travel inside the assembly, so that two shops in one process, or a test, need no web root.</summary>
    private static IResult Asset(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"assets/{name}") is { } stream
        ? Results.Stream(stream, TypeOf(name), lastModified: _built)
        : Results.NotFound();

    private static readonly DateTimeOffset _built = File.GetLastWriteTimeUtc(typeof(ShopRoutes).Assembly.Location);

    private static string TypeOf(string name) => _contentTypes.TryGetContentType(name, out var type) ? type : "application/octet-stream";
}
