using System.Globalization;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>A shop whose owner is on the plugin's configuration page, and after each test back with the settings of all stores.</summary>
internal abstract class ConfigurationFixture
{
    protected const string Page = "Admin/MultiSafepay/Configure";

    protected TestShop Shop { get; private set; } = null!;

    protected ShopBrowser Browser { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Shop = await TestShop.StartAsync();
        Browser = Shop.NewBrowser();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        Browser.Dispose();
        await Shop.DisposeAsync();
    }

    [TearDown]
    public Task LeaveTheStoreAsync() => ChooseStoreAsync(0);

    /// <summary>Goes to the settings of a store; of all stores with 0.</summary>
    protected Task<string> ChooseStoreAsync(int storeId) =>
        Browser.PostFromAsync(Page, "Admin/Setting/ChangeStoreScopeConfiguration", ("storeid", storeId.ToString(CultureInfo.InvariantCulture)), ("returnUrl", "/" + Page));
}
