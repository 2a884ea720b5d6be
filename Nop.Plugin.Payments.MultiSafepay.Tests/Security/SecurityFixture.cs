using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Customers;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>A host under attack, with what an attacker wants: a paid order, an exception in the log, a guest, a cookie.</summary>
internal abstract class SecurityFixture : IntegrationFixture
{
    protected static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    /// <summary>The signature of now.</summary>
    protected string Sign(byte[] body, string key = SimulatorRun.Key) => NotificationSigner.Sign(body, key, Host.Simulator.Time.GetUtcNow());

    protected async Task<bool> IsPaidAsync(Order order) => (await Host.ReloadAsync(order)).PaymentStatus != PaymentStatus.Pending;

    /// <summary>The errors in the shop's log. nopCommerce writes one for each exception that a page lets through.</summary>
    protected async Task<IReadOnlyList<string>> ErrorsAsync() =>
        [.. (await Host.Shop.Database.ListAsync<Log>(log => log.LogLevel >= LogLevel.Error)).Select(log => $"{log.ShortMessage} {log.FullMessage}")];

    /// <summary>Runs an attack that must leave nothing behind: no row, no guest, no error.</summary>
    protected async Task<T> AssertNoSideEffectsAsync<T>(Func<Task<T>> attack)
    {
        // nopCommerce makes its own user for work in the background when it is first needed, once in the life of a shop.
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<ICustomerService>().GetOrCreateBackgroundTaskUserAsync());
        var (writes, guests) = (Host.Shop.Database.Writes, (await Host.Shop.GuestsAsync()).Count);
        var result = await attack();
        Assert.That(await ErrorsAsync(), Is.Empty);
        Assert.That((Host.Shop.Database.Writes - writes, (await Host.Shop.GuestsAsync()).Count - guests), Is.EqualTo((0L, 0)), "rows written, guests made");
        return result;
    }
}
