using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Starting;

/// <summary>A bank transfer that is started in the shop: account, amount and reference on the order's page, and no page of MultiSafepay.</summary>
[TestFixture]
internal sealed class BankTransferTests : IntegrationFixture
{
    [Test]
    public async Task A_bank_transfer_in_the_shop_shows_account_amount_and_reference_and_is_paid_later()
    {
        await Host.SetAsync(settings => settings.BankTransferInShop = true);
        var (order, location) = await BuyAsync();
        var attempt = (await Host.RecordAsync(order)).Current!;

        Assert.That(location, Does.EndWith($"/orderdetails/{order.Id}"));
        Assert.That((string?)(await Host.LastBodyAsync("POST", "orders"))["type"], Is.EqualTo("direct"));
        var page = await Host.Browser.ReadAsync($"orderdetails/{order.Id}");
        Assert.That(page, Does.Contain("data-state=\"BankTransfer\"").And.Contain("EUR 39.90").And.Contain("NL02 ABNA 0123 4567 89").And.Contain(attempt.Transfer!.Reference));
        Assert.That(attempt.ExpiresUtc - attempt.CreatedUtc, Is.EqualTo(TransferInstructions.Lifetime));

        // Trying again shows the same instructions and starts no second transfer.
        var calls = await CreatedAsync();
        Assert.That(await Host.Browser.PostAsync($"orderdetails/repostpayment/{order.Id}"), Does.EndWith($"/orderdetails/{order.Id}"));
        Assert.That(await CreatedAsync(), Is.EqualTo(calls));

        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        await Host.UntilAsync(order, PaymentStatus.Paid);
        Assert.That(await Host.Browser.ReadAsync($"orderdetails/{order.Id}"), Does.Contain("data-state=\"Paid\"").And.Not.Contain(attempt.Transfer.Reference));
    }

    [Test]
    public async Task Without_the_setting_a_bank_transfer_is_made_on_the_payment_page()
    {
        var (order, location) = await BuyAsync();
        Assert.That(location, Does.Contain("/pay/"));
        Assert.That(((string?)(await Host.LastBodyAsync("POST", "orders"))["type"], (await Host.RecordAsync(order)).Current!.Transfer), Is.EqualTo(("redirect", (TransferInstructions?)null)));
    }

    private async Task<(Order Order, string Location)> BuyAsync()
    {
        await Host.LoadMethodsAsync();
        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await Host.Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        await Host.Browser.PostAsync("Checkout/PaymentInfo", (CustomerFields.MethodField, "BANKTRANS"));
        var location = await Host.Browser.PlaceOrderAsync();
        return ((await Host.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!, location);
    }

    private async Task<int> CreatedAsync() => (await Host.ApiCallsAsync()).Count(call => call.StartsWith("POST", StringComparison.Ordinal));
}

/// <summary>Which answers contain what a customer needs for a transfer.</summary>
[TestFixture]
internal sealed class TransferInstructionsTests
{
    [TestCase("NL25DEUT7351811717", "9202124254788300", "NL25 DEUT 7351 8117 17")]
    [TestCase("nl25 deut 7351 8117 17", " 9202124254788300 ", "NL25 DEUT 7351 8117 17")]
    [TestCase("NO9386011117947", "1", "NO93 8601 1117 947")]
    [TestCase(null, "9202124254788300", null)]
    [TestCase("NL25DEUT7351811717", null, null)]
    [TestCase("NL25DEUT7351811717", "", null)]
    [TestCase("<b>", "9202124254788300", null)]
    [TestCase("NL25DEUT7351811717", "<script>", null)]
    public void An_answer_without_account_or_reference_is_not_used(string? iban, string? reference, string? expected) => Assert.That(
        TransferInstructions.From(new BankTransferDetails { DestinationHolderIban = iban, Reference = reference })?.IbanInGroups(), Is.EqualTo(expected));

    [Test]
    public void No_answer_contains_no_instructions() => Assert.That(TransferInstructions.From(null), Is.Null);
}
