using Microsoft.Playwright;
using Nop.Core.Domain.Configuration;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>Two stores, each with its own website at MultiSafepay and its own status mapping, set up by the owner on the page and used by a customer each.</summary>
[TestFixture]
internal sealed class SecondStoreTests : BrowserFixture
{
    private const string Address = "/Admin/MultiSafepay/Configure";

    // The sites of the simulator: the first takes test payments, the second live ones.
    private const int FirstSite = 1001;
    private const int SecondSite = 1002;

    [Test]
    public async Task Each_order_uses_the_API_key_and_status_mapping_of_its_store()
    {
        var owner = await OpenAsync();
        await owner.GotoAsync(Address);
        await owner.Locator("#advanced-settings-mode").CheckAsync();

        // The page remembers which sections are open.
        await OpenSectionsAsync(owner);
        var shared = await SettingsAsync(0);

        await ChooseAsync(owner, 2);
        await Assertions.Expect(owner.Locator("#LiveApiKey")).ToBeDisabledAsync();
        await OverrideAsync(owner, "EnvironmentId", "LiveApiKey", "StatusRows");
        await owner.Locator("#EnvironmentId").SelectOptionAsync("1");
        await owner.Locator("#LiveApiKey").FillAsync(SimulatorRun.OtherKey);
        await owner.Locator("[aria-controls=LiveApiKey-check]").ClickAsync();
        await Assertions.Expect(owner.Locator("#LiveApiKey-check")).ToContainTextAsync($"site {SecondSite}");
        await OrderStatusOf(owner, TransactionState.Completed).SelectOptionAsync(Value(OrderStatus.Complete));
        await AssertAccessibleAsync(owner);
        await AssertFitsWindowAsync(owner);
        await SaveAsync(owner);

        await Assertions.Expect(owner.Locator("#LiveApiKey_OverrideForStore")).ToBeCheckedAsync();
        await Assertions.Expect(OrderStatusOf(owner, TransactionState.Completed)).ToHaveValueAsync(Value(OrderStatus.Complete));
        Assert.That(await SettingsAsync(0), Is.EqualTo(shared), "the second store's page touches no other");
        var second = await SettingsAsync(2);
        Assert.That(second.Select(row => row.Name.Split('.')[1]), Is.EquivalentTo(new[] { "environment", "liveapikey", "statusmapping" }), "only what was ticked");

        // The first store gets something of its own as well, and all stores another value.
        await ChooseAsync(owner, 1);
        await OverrideAsync(owner, "DescriptionTemplate");
        await owner.Locator("#DescriptionTemplate").FillAsync("First store {order_number}");
        await SaveAsync(owner);
        await ChooseAsync(owner, 0);
        await Assertions.Expect(owner.Locator("#EnvironmentId")).ToHaveValueAsync("0");
        await Assertions.Expect(OrderStatusOf(owner, TransactionState.Completed)).ToHaveValueAsync("0");
        await owner.Locator("#DescriptionTemplate").FillAsync("Any store {order_number}");
        await SaveAsync(owner);
        Assert.That(await SettingsAsync(2), Is.EqualTo(second), "nor do the pages of others touch the second store");

        var (first, firstSite) = await BuyAsync(Host.Shop.Url);
        var (other, otherSite) = await BuyAsync(Host.Shop.SecondStoreUrl);
        Assert.That((first.StoreId, firstSite), Is.EqualTo((1, FirstSite)));
        Assert.That((other.StoreId, otherSite), Is.EqualTo((2, SecondSite)));
        Assert.That((first.OrderStatus, other.OrderStatus), Is.EqualTo((OrderStatus.Processing, OrderStatus.Complete)));
        Assert.That(await DescriptionsAsync(first, other), Is.EqualTo(new[] { $"First store {first.CustomOrderNumber}", $"Any store {other.CustomOrderNumber}" }));
    }

    private static Task ChooseAsync(IPage page, int storeId) => LeaveAsync(page, () => page.Locator("#store-scope-configuration").SelectOptionAsync(Value(storeId)));

    private static async Task OverrideAsync(IPage page, params string[] settings)
    {
        foreach (var setting in settings)
            await page.Locator($"#{setting}_OverrideForStore").CheckAsync();
    }

    private static async Task SaveAsync(IPage page)
    {
        await LeaveAsync(page, () => page.Locator("button[name=save]").ClickAsync());
        await Assertions.Expect(page.Locator("[role=status].alert").First).ToBeVisibleAsync();
    }

    private static ILocator OrderStatusOf(IPage page, TransactionState state) =>
        page.Locator($"#StatusRows_{StatusMapping.Rows.ToList().IndexOf(state)}__OrderStatusId");

    // A customer's own browser, from the cart to the thanks, and the site that MultiSafepay booked the payment for.
    private async Task<(Order Order, int Site)> BuyAsync(Uri shop)
    {
        var customer = await OpenAsync(shop: shop);
        await GoToConfirmationAsync(customer);
        await customer.Locator("#place-order").ClickAsync();
        await PayAsync(customer);
        await customer.WaitForURLAsync($"{shop}checkout/completed/*");
        var order = await LastOrderAsync();
        await Host.UntilAsync(order, PaymentStatus.Paid);
        await IntegrationHost.UntilAsync(async () => (await Host.ReloadAsync(order)).OrderStatus != OrderStatus.Pending, "the order moves on");
        return (await Host.ReloadAsync(order), (int)(await Host.Simulator.LookAsync(order.CustomOrderNumber))["site_id"]!);
    }

    private async Task<List<string>> DescriptionsAsync(params Order[] orders)
    {
        var requests = await Host.Simulator.ListAsync("requests");
        return [.. orders.Select(order =>
            (string)requests.Single(request => (string)request!["method"]! == "POST" && (string?)request["body"]?["order_id"] == order.CustomOrderNumber)!["body"]!["description"]!)];
    }

    private async Task<List<(string Name, string Value)>> SettingsAsync(int storeId) =>
        [.. (await Host.Shop.Database.ListAsync<Setting>(row => row.StoreId == storeId && row.Name.StartsWith("multisafepaysettings.", StringComparison.Ordinal))).Select(row => (row.Name, row.Value))
            .Order()];

    private static string Value(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Value(OrderStatus status) => Value((int)status);
}
