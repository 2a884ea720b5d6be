using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>After a life of orders in which much goes wrong, with the debug log on, the API keys are looked for in everything that the shop has shown, sent and stored.</summary>
[TestFixture]
internal sealed class SecretTests : SecurityFixture
{
    private const string SettingsPage = "Admin/MultiSafepay/Configure";

    private readonly StringBuilder _collected = new();

    [Test]
    public async Task No_API_key_is_ever_shown_sent_or_stored_in_the_clear()
    {
        await Host.SetAsync(settings => settings.DebugLog = true);
        await Host.Shop.InScopeAsync(services =>
        {
            var storeSettings = services.GetRequiredService<StoreSettings>();
            return Host.SetAsync(settings => settings.LiveApiKey = storeSettings.Protect(SimulatorRun.OtherKey));
        });
        await ProduceFailuresAsync();
        await VisitAllPagesAsync();

        Assert.That(_collected.Length, Is.GreaterThan(100_000), "much was looked at");
        foreach (var key in new[] { SimulatorRun.Key, SimulatorRun.OtherKey })
            foreach (var spelling in new[] { key, Convert.ToBase64String(Encoding.UTF8.GetBytes(key)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key)), Uri.EscapeDataString(key) })
            {
                Assert.That(_collected.ToString(), Does.Not.Contain(spelling).IgnoreCase);
                foreach (var row in Host.Shop.Database.Everything())
                    Assert.That(string.Join(' ', row.GetType().GetProperties().Select(property => property.GetValue(row))), Does.Not.Contain(spelling).IgnoreCase, row.GetType().Name);
            }
    }

    private async Task ProduceFailuresAsync()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var body = IntegrationHost.Body(order, order.CustomOrderNumber);
        foreach (var key in new[] { "forged", SimulatorRun.OtherKey, SimulatorRun.Key })
            await CollectAsync((await Host.NotifyAsync(body, key)).Answer);
        await CollectAsync((await Host.PostAsync("{"u8.ToArray())).Answer);
        _collected.AppendLine((await Host.HintAsync(order.CustomOrderNumber)).Text);

        // The API repeats the key in what it says is wrong, as an echo of the request would.
        await Host.Simulator.SetFaultAsync(new JsonObject
        {
            ["kind"] = "status",
            ["method"] = "POST",
            ["status"] = 401,
            ["error_code"] = 1032,
            ["error_info"] = $"Invalid API key {SimulatorRun.Key}",
            ["times"] = 2
        });
        await Host.BuyAsync();

        // The payment step of the checkout, which is not opened here, would try the refused key again after a while.
        await Host.Shop.InScopeAsync(services =>
        {
            services.GetRequiredService<RefusedKeys>().Report(new ApiCredentials(MultiSafepayEnvironment.Test, SimulatorRun.Key), failure: null);
            return Task.CompletedTask;
        });
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "invalid-json", ["method"] = "POST", ["times"] = 1 });
        var failed = (await Host.BuyAsync()).Order;
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 500, ["error_code"] = 1000, ["error_info"] = $"api_key={SimulatorRun.Key}", ["times"] = 3 });
        foreach (var action in new[] { "Link", "Refresh", "Send", "Cancel" })
            _collected.AppendLine((await Host.PressAsync(action, failed)).Html);

        var (status, text) = await Host.Browser.SendFromAsync(SettingsPage, SettingsPage, ("TestApiKey", SimulatorRun.Key), ("LiveApiKey", SimulatorRun.OtherKey), ("LinkLifetime", "-1"));
        _collected.AppendLine(status.ToString()).AppendLine(text);
        foreach (var environment in new[] { "Test", "Live" })
            _collected.AppendLine((await Host.Browser.SendFromAsync(SettingsPage, $"Admin/MultiSafepaySetup/TestConnection?environment={environment}", ("testApiKey", SimulatorRun.Key))).Text);
        _collected.AppendLine((await Host.Browser.SendFromAsync(SettingsPage, "Admin/MultiSafepaySetup/TestWebhook?storeId=1")).Text);
        await Host.ReconcileAsync();
    }

    private async Task VisitAllPagesAsync()
    {
        foreach (var order in await Host.Shop.Database.ListAsync<Order>())
            foreach (var page in new[] { $"orderdetails/{order.Id}", $"multisafepay/return/{order.OrderGuid}", $"multisafepay/cancel/{order.OrderGuid}", $"checkout/completed/{order.Id}",
                $"Admin/Order/Edit/{order.Id}", $"Admin/MultiSafepayPanel/Show/{order.Id}" })
                await CollectAsync(await Host.Browser.GetAsync(page));
        foreach (var page in new[]
        {
            "", "cart", "checkout", "order/history", SettingsPage, "Admin/MultiSafepay/CheckMethods?Currency=EUR", "Admin/MultiSafepaySetup/Checklist", "Admin/MultiSafepaySetup/Diagnostics",
            "Admin/MultiSafepaySetup/DownloadDiagnostics", "Admin/Order/List", "Admin/Plugin/List", "Admin/System/Log", "Admin/System/Mails", "Admin/System/Tasks", "Admin/System/Settings",
            "Admin/Common/Warnings",
        })
        {
            await CollectAsync(await Host.Browser.GetAsync(page));
        }

        foreach (var mail in Host.Shop.Database.Mails.All)
            _collected.AppendLine(mail.ToString());
        _collected.AppendLine(await Host.Shop.LogAsync());
    }

    private async Task CollectAsync(HttpResponseMessage answer)
    {
        Assert.That((int)answer.StatusCode, Is.LessThan(500), answer.RequestMessage?.RequestUri?.PathAndQuery);
        _collected.AppendLine(answer.ToString()).AppendLine(await answer.Content.ReadAsStringAsync());
        answer.Dispose();
    }
}
