using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Benchmarks.RealShop;

/// <summary>A guest's way through nopCommerce's checkout, in one page or in steps, to the payment step.</summary>
internal sealed class Checkout(ShopVisitor guest)
{
    private const string Country = "Netherlands";

    private static readonly Dictionary<string, string> _address = new()
    {
        ["BillingNewAddress.FirstName"] = "Jan",
        ["BillingNewAddress.LastName"] = "Jansen",
        ["BillingNewAddress.Email"] = "jan@example.com",
        ["BillingNewAddress.City"] = "Amsterdam",
        ["BillingNewAddress.Address1"] = "Kraanspoor 39",
        ["BillingNewAddress.ZipPostalCode"] = "1033SC",
        ["BillingNewAddress.PhoneNumber"] = "0208501500",
    };

    private bool _isOnePage;

    /// <summary>Whether the shop has the checkout in one page.</summary>
    public bool IsOnePage => _isOnePage;

    /// <summary>Puts a product into the cart and goes to the payment step.</summary>
    /// <param name="product">The path of the product.</param>
    /// <param name="paymentMethod">The system name of the payment method.</param>
    /// <param name="contains">What the step contains; null for anything.</param>
    /// <param name="lacks">What it does not contain; null for nothing.</param>
    /// <returns>The request for the payment step, and the number of choices that it offers.</returns>
    public async Task<(ShopRequest Request, int Choices)> ToPaymentAsync(string product, string paymentMethod, string? contains, string? lacks)
    {
        await AddToCartAsync(product);
        var page = await guest.OpenAsync("checkout");
        _isOnePage = page.BaseUri.EndsWith("onepagecheckout", StringComparison.OrdinalIgnoreCase);

        var billing = ShopVisitor.FormWith(page, "BillingNewAddress.CountryId");
        var country = billing.QuerySelectorAll<IHtmlOptionElement>("[name='BillingNewAddress.CountryId'] option").FirstOrDefault(option => option.Text.Trim() == Country)
            ?? throw new RealShopException($"{Country} is no billing country.");

        // The shop's script fills in the provinces of the country.
        using var states = JsonDocument.Parse(await guest.GetAsync($"country/getstatesbycountryid?countryId={country.Value}&addSelectStateItem=false"));
        if (states.RootElement.EnumerateArray().Select(state => state.GetProperty("id").ToString()).FirstOrDefault(id => id != "0") is { } state)
            billing.QuerySelector("[name='BillingNewAddress.StateProvinceId']")!.InnerHtml = $"<option value='{state}' selected>";
        page = await NextAsync(billing, "OpcSaveBilling", new(_address) { ["BillingNewAddress.CountryId"] = country.Value, ["ShipToSameAddress"] = "true" });
        page = await NextAsync(ShopVisitor.FormWith(page, "shippingoption"), "OpcSaveShippingMethod", []);
        page = await NextAsync(ShopVisitor.FormWith(page, "paymentmethod"), "OpcSavePaymentMethod", new() { ["paymentmethod"] = paymentMethod });

        var request = _isOnePage
            ? guest.Request(HttpMethod.Post, "checkout/OpcSavePaymentMethod", new() { ["paymentmethod"] = paymentMethod }, HttpStatusCode.OK, contains ?? "payment_info", lacks)
            : guest.Request(HttpMethod.Get, "checkout/paymentinfo", null, HttpStatusCode.OK, contains, lacks);
        return (request, contains is null ? 0 : page.QuerySelectorAll($"input[type=radio][name='{contains}']").Length);
    }

    private async Task AddToCartAsync(string product)
    {
        var page = await guest.OpenAsync(product);
        var form = page.QuerySelector<IHtmlFormElement>("#product-details-form") ?? throw new RealShopException($"{page.BaseUri} is no product.");
        var id = form.QuerySelector("[data-productid]")?.GetAttribute("data-productid") ?? throw new RealShopException($"{page.BaseUri} names no product.");
        var answer = await guest.PostAsync($"addproducttocart/details/{id}/1", form, []);
        if (!answer.Contains("\"success\":true", StringComparison.Ordinal))
            throw new RealShopException($"{product} does not go into the cart: {answer}");

        // The sample data ask for a gift wrapping: the first that there is.
        page = await guest.OpenAsync("cart");
        var cart = ShopVisitor.FormWith(page, "checkout");
        var attributes = cart.QuerySelectorAll<IHtmlSelectElement>("select[name^=checkout_attribute_]").Where(select => select.Value is "0" or null)
            .ToDictionary(select => select.Name!, select => select.Options.First(option => option.Value != "0").Value);
        await guest.SubmitAsync(cart, attributes, "checkout");
    }

    private async Task<IDocument> NextAsync(IHtmlFormElement form, string onePageAction, Dictionary<string, string> values)
    {
        if (!_isOnePage)
            return await guest.SubmitAsync(form, values, "nextstep");

        using var answer = JsonDocument.Parse(await guest.PostAsync($"checkout/{onePageAction}", form, values));
        return answer.RootElement.TryGetProperty("update_section", out var section)
            ? await guest.PieceAsync(section.GetProperty("html").GetString()!)
            : throw new RealShopException($"{onePageAction}: {answer.RootElement}");
    }
}
