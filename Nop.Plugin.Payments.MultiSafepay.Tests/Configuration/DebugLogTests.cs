using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>The debug log of a whole payment: there when the owner wants it, and without anything of the customer.</summary>
[TestFixture]
internal sealed class DebugLogTests : IntegrationFixture
{
    [Test]
    public async Task The_debug_log_lists_each_API_call_without_customer_data()
    {
        await Host.SetAsync(settings => settings.DebugLog = true);
        var order = await PayAsync();

        var lines = await DebugLinesAsync();
        Assert.That(lines, Has.Some.Contains("POST orders: HTTP 200").And.Some.Contains($"GET orders/{order.CustomOrderNumber}: HTTP 200"));
        foreach (var secret in new[] { SimulatorRun.Key, "Sam", "Vries", "sam@customer.example", "Voorbeeldkade", "1234 AB", "000 00 00", order.OrderGuid.ToString() })
            Assert.That(lines, Has.None.Contains(secret));
    }

    [Test]
    public async Task No_debug_log_is_written_unless_the_setting_is_enabled()
    {
        await PayAsync();
        Assert.That(await DebugLinesAsync(), Is.Empty);
    }

    private async Task<Order> PayAsync()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        Host.Simulator.Pass(TimeSpan.FromMinutes(20));
        await Host.ReconcileAsync();
        return order;
    }

    private async Task<List<string>> DebugLinesAsync() =>
        [.. (await Host.Shop.Database.ListAsync<Log>(log => log.LogLevel == LogLevel.Debug)).Select(log => $"{log.ShortMessage} {log.FullMessage}")];
}
