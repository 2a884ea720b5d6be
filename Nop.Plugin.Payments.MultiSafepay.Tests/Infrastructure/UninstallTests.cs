using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Configuration;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Shop.Data;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Infrastructure;

/// <summary>
/// A shop's database before the plugin came, and after it was used with all that it can leave, and went again. What stays is what orders remember of their payments and what
/// is still to do for them, and a word with the customer; nothing else anywhere knows the plugin's name.
/// </summary>
[TestFixture]
internal sealed class UninstallTests : AfterSalesFixture
{
    private const string Page = "Admin/MultiSafepay/Configure";

    // Rows that belong to the shop alone, and come with its installation and not with its customers.
    private static readonly Type[] _shopsOwn = [typeof(LocaleStringResource), typeof(ScheduleTask), typeof(MessageTemplate), typeof(LocalizedText), typeof(Language), typeof(InstalledPlugin)];

    [Test]
    public async Task Uninstalling_leaves_only_payment_records_and_customer_attributes()
    {
        await using var bare = await TestShop.StartAsync(new ShopOptions { ApiKey = null, Plugins = [] });
        var before = OwnRows(bare.Database);
        var order = await UseEverythingAsync();
        Assert.That(OwnRows(Host.Shop.Database), Has.Count.GreaterThan(before.Count + 500), "it was there");
        var record = await Host.RecordAsync(order);

        await PluginAsync("Uninstall");

        Assert.That(OwnRows(Host.Shop.Database).Order(StringComparer.Ordinal), Is.EqualTo(before.Order(StringComparer.Ordinal)));
        Assert.That((await Host.Shop.Database.ListAsync<Setting>()).Where(Mentions), Is.Empty, "nopCommerce's own settings have forgotten the name as well");
        Assert.That(Host.Shop.Database.Everything().Where(row => Mentions(row) && !MayRemember(row)).Select(Describe), Is.Empty);
        Assert.That((await Host.RecordAsync(order)).ToJson(), Is.EqualTo(record.ToJson()));
    }

    [Test]
    public async Task The_owner_is_informed_what_uninstalling_removes_and_keeps()
    {
        await PluginAsync("Uninstall");
        Assert.That(await Host.Browser.ReadAsync("Admin/Plugin/List"), Does.Contain(Localization.Texts.Load("en")["UninstallNotice"]));
    }

    [Test]
    public async Task An_earlier_order_can_be_refunded_after_reinstalling_the_plugin()
    {
        var order = await PayAsync();
        await PluginAsync("Uninstall");
        await PluginAsync("Install");
        await PluginAsync("SetActive", ("active", "true"));
        await Host.Browser.PostFromAsync(Page, Page, ("LinkLifetime", "30"), ("TestApiKey", SimulatorRun.Key));

        Assert.That(await RefundAsync(order), Is.Empty);
        await UntilAsync(order, PaymentStatus.Refunded);
    }

    // An owner's and a customer's day: settings of a store, a paid order, one that needs the owner, a run of the task, an followUp that is still open.
    private async Task<Order> UseEverythingAsync()
    {
        await Host.Browser.PostFromAsync(Page, "Admin/Setting/ChangeStoreScopeConfiguration", ("storeid", "2"), ("returnUrl", "/" + Page));
        await Host.Browser.PostFromAsync(Page, Page, ("LiveApiKey", "made-up-key-of-store-two"), ("LiveApiKey_OverrideForStore", "true"), ("SendCart", "false"),
            ("SendCart_OverrideForStore", "true"));
        await Host.Browser.PostFromAsync(Page, "Admin/Setting/ChangeStoreScopeConfiguration", ("storeid", "0"), ("returnUrl", "/" + Page));

        var order = await PayAsync();
        var wrong = await Host.BuyWithoutNotificationsAsync();
        await Host.NotifyAsync(Integration.IntegrationHost.Body(wrong, wrong.CustomOrderNumber, amount: 1));
        await Host.Shop.InScopeAsync(async services =>
        {
            await services.GetRequiredService<ReconciliationTask>().ExecuteAsync();
            await services.GetRequiredService<FollowUpList>().AddWorkAsync(order.Id);
        });
        Assert.That(await Host.Shop.Database.ListAsync<MultiSafepayAlert>(), Is.Not.Empty);
        Assert.That(await Host.Shop.Database.ListAsync<GenericAttribute>(row => row.KeyGroup == nameof(ScheduleTask)), Has.Count.EqualTo(1), "the report of the task");
        Assert.That(await Host.Shop.Database.ListAsync<GenericAttribute>(row => row.KeyGroup == nameof(Store) && Mentions(row)), Is.Empty, "a store can be deleted");
        return order;
    }

    private Task PluginAsync(string action, params (string, string)[] fields) =>
        Host.Browser.PostFromAsync("Admin/Plugin/List", $"Admin/Plugin/{action}", [("systemName", MultiSafepayDefaults.SystemName), .. fields]);

    private static List<string> OwnRows(ShopDatabase database) => [.. database.Everything().Where(row => _shopsOwn.Contains(row.GetType())).Select(Describe)];

    private static bool MayRemember(Nop.Core.BaseEntity row) => row switch
    {
        Order or OrderNote or Log => true,
        MultiSafepayPayment or MultiSafepayFollowUp => true,
        GenericAttribute { KeyGroup: nameof(Customer) } attribute => attribute.Key is "MultiSafepay.Choice" or "MultiSafepay.LastMethod" or "SelectedPaymentMethod",
        CheckoutChoices => true,
        _ => false
    };

    private static bool Mentions(Nop.Core.BaseEntity row) => Describe(row).Contains("multisafepay", StringComparison.OrdinalIgnoreCase);

    private static string Describe(Nop.Core.BaseEntity row)
    {
        var json = JsonSerializer.SerializeToNode(row, row.GetType())!.AsObject();
        json.Remove(nameof(row.Id));
        return $"{row.GetType().Name} {json.ToJsonString()}";
    }
}
