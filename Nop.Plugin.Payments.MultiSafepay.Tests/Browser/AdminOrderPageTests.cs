using Microsoft.Playwright;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>What an owner does on the order page after the sale, with the panel beside it.</summary>
[TestFixture]
internal sealed class AdminOrderPageTests : BrowserFixture
{
    private const string Panel = "#multisafepay-panel";
    private const string Content = "#multisafepay-content";

    [Test]
    public async Task An_authorized_card_is_captured_and_partially_refunded_on_the_order_page()
    {
        await Host.SetAsync(settings => (settings.ManualCaptureVisa, settings.GroupCards) = (true, false));
        var customer = await OpenAsync();
        await GoToPaymentAsync(customer);
        await customer.Locator($"input[name={CustomerFields.MethodField}][value=VISA]").CheckAsync();
        await customer.Locator("main form button.btn-primary").ClickAsync();
        await customer.Locator("#place-order").ClickAsync();
        await PayAsync(customer, "authorised");
        await BecomesAsync(PaymentStatus.Authorized);
        Assert.That((string?)(await Host.LastBodyAsync("POST", "orders"))["capture"], Is.EqualTo("manual"));

        var owner = await OpenOrderAsync(Wide);
        await Assertions.Expect(owner.Locator(Content)).ToContainTextAsync("Authorised");
        await Assertions.Expect(owner.Locator(Content)).ToContainTextAsync("Capture before");
        await AssertAccessibleAsync(owner, Panel);

        await PressAsync(owner, "Capture");
        await BecomesAsync(PaymentStatus.Paid);
        await owner.Locator("#amount").FillAsync("10");
        await PressAsync(owner, "Partially refund");
        await BecomesAsync(PaymentStatus.PartiallyRefunded);
        Assert.That((await LastOrderAsync()).RefundedAmount, Is.EqualTo(10));
        await Assertions.Expect(owner.Locator(".alert-success")).ToContainTextAsync("EUR 10.00 has been refunded to the customer.");
        await Assertions.Expect(owner.Locator("#order-notes")).ToContainTextAsync("MultiSafepay: EUR 10.00 refunded (transaction");
        await Assertions.Expect(owner.Locator(Content)).ToContainTextAsync("Refunded");
    }

    [Test]
    public async Task The_panel_shows_a_payment_link_and_revokes_it_without_reloading_the_page()
    {
        await Host.BuyAsync();
        var owner = await OpenOrderAsync(Wide);
        await Assertions.Expect(owner.Locator("#multisafepay-link")).ToBeVisibleAsync();
        await owner.Locator("#multisafepay-qr summary").ClickAsync();
        await InBothWidthsAsync(owner, async () =>
        {
            await Assertions.Expect(owner.Locator("#multisafepay-qr svg")).ToBeVisibleAsync();
            await AssertAccessibleAsync(owner, Panel);
            await AssertFitsWindowAsync(owner);
            await owner.Locator($"{Content} [data-multisafepay-action=Cancel]").ClickAsync(new() { Trial = true });
        });

        await owner.Locator($"{Content} [data-multisafepay-action=Refresh]").ClickAsync();
        await Assertions.Expect(owner.Locator("#multisafepay-answer")).ToContainTextAsync("up to date");
        await owner.Locator($"{Content} [data-multisafepay-action=Cancel]").ClickAsync();
        await Assertions.Expect(owner.Locator("#multisafepay-link")).ToHaveCountAsync(0);
        Assert.That((await Host.RecordAsync(await LastOrderAsync())).Current!.Closed, Is.True);
    }

    [Test]
    public async Task The_order_page_loads_when_the_API_does_not_respond()
    {
        await Host.BuyAsync();
        await Host.Simulator.SetFaultAsync(new() { ["kind"] = "drop-before-work", ["times"] = 100 });

        var owner = await OpenOrderAsync(Wide);
        await Assertions.Expect(owner.Locator("#order-status")).ToBeVisibleAsync();
        await Assertions.Expect(owner.Locator(Content)).ToContainTextAsync("could not be reached");
    }

    private async Task<IPage> OpenOrderAsync(ViewportSize size)
    {
        var page = await OpenAsync(size);
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await page.GotoAsync(FormattableString.Invariant($"/Admin/Order/Edit/{(await LastOrderAsync()).Id}"));
        return page;
    }

    private async Task BecomesAsync(PaymentStatus status) => await IntegrationHost.UntilAsync(async () => (await LastOrderAsync()).PaymentStatus == status, $"the order becomes {status}");

    private static Task PressAsync(IPage page, string name) => LeaveAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync());
}
