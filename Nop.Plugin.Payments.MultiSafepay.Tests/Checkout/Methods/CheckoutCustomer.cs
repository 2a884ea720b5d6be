using System.Net;
using System.Text.RegularExpressions;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Methods;

/// <summary>A customer in one of the two checkouts, from the address to the payment page.</summary>
internal abstract partial class CheckoutCustomer(ShopBrowser browser) : IDisposable
{
    public ShopBrowser Browser { get; } = browser;

    /// <summary>The totals of the confirmation that is shown; empty while none is.</summary>
    public string Totals { get; protected set; } = string.Empty;

    /// <summary>Enters the address, and chooses MultiSafepay where the shop lets choose.</summary>
    public abstract Task EnterAsync();

    /// <summary>Chooses in the payment step, and reads the confirmation.</summary>
    public abstract Task<string> ChooseAsync(string? gateway);

    /// <summary>Chooses what is refused; answers the step that is shown again.</summary>
    public abstract Task<string> RefusalAsync(string gateway);

    /// <summary>Places the order, and goes where the shop sends.</summary>
    public abstract Task PlaceAsync();

    /// <summary>Presses the last button in vain; answers the totals that are shown then.</summary>
    public abstract Task<string> FailAsync();

    public void Dispose() => Browser.Dispose();

    /// <summary>The totals on a page of the shop.</summary>
    public static string TotalsOf(string page) => Blank().Replace(List().Match(page).Value, " ");

    protected static (string Name, string Value)[] Form(string? gateway) => gateway is null ? [] : [(CustomerFields.MethodField, gateway)];

    [GeneratedRegex("""<dl class="totals.*?</dl>""", RegexOptions.Singleline)]
    private static partial Regex List();

    [GeneratedRegex("""\s+""")]
    private static partial Regex Blank();
}

/// <summary>A customer in the checkout that has a page for each step.</summary>
internal sealed class StepByStepCustomer(ShopBrowser browser) : CheckoutCustomer(browser)
{
    public override async Task EnterAsync()
    {
        if ((await Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName)).EndsWith("Confirm", StringComparison.Ordinal))
            Totals = TotalsOf(await Browser.ReadAsync("Checkout/Confirm"));
    }

    public override async Task<string> ChooseAsync(string? gateway)
    {
        await Browser.PostAsync("Checkout/PaymentInfo", Form(gateway));
        return Totals = TotalsOf(await Browser.ReadAsync("Checkout/Confirm"));
    }

    public override Task<string> RefusalAsync(string gateway) => ReadAsync("Checkout/PaymentInfo", Form(gateway));

    public override Task PlaceAsync() => Browser.PlaceOrderAsync();

    public override async Task<string> FailAsync() => TotalsOf(await ReadAsync("Checkout/Confirm"));

    private async Task<string> ReadAsync(string path, params (string Name, string Value)[] fields)
    {
        using var answer = await Browser.SendAsync(path, fields);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}

/// <summary>A customer in the checkout on one page.</summary>
internal sealed class OnePageCustomer(ShopBrowser browser) : CheckoutCustomer(browser)
{
    public override async Task EnterAsync()
    {
        var answer = await Browser.PostSectionAsync("OpcSaveBilling", ShopBrowser.Address);
        if (answer.Section == "payment-method")
            answer = await Browser.PostSectionAsync("OpcSavePaymentMethod", ("paymentmethod", MultiSafepayDefaults.SystemName));
        if (answer.Section != "payment-info")
            Read(answer);
    }

    public override async Task<string> ChooseAsync(string? gateway) => Read(await Browser.PostSectionAsync("OpcSavePaymentInfo", Form(gateway)));

    public override async Task<string> RefusalAsync(string gateway)
    {
        var (section, html) = await Browser.PostSectionAsync("OpcSavePaymentInfo", Form(gateway));
        Assert.That(section, Is.EqualTo("payment-info"));
        return html;
    }

    public override async Task<string> FailAsync() => Read(await Browser.PostSectionAsync("OpcConfirmOrder"));

    public override async Task PlaceAsync()
    {
        var (section, address) = await Browser.PostSectionAsync("OpcConfirmOrder");
        Assert.That(section, Is.EqualTo("redirect"), address);
        using var answer = await Browser.GetAsync(address);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    private string Read((string Section, string Html) answer)
    {
        Assert.That(answer.Section, Is.EqualTo("confirm-order"), answer.Html);
        return Totals = TotalsOf(answer.Html);
    }
}
