using System.Linq.Expressions;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Caching;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>500 notifications at once, on one node and on two that share a database, with nopCommerce's distributed lock and without: one payment, one mail of each kind.</summary>
[TestFixture]
internal sealed class ConcurrentNotificationTests
{
    private const int Notifications = 500;

    /// <summary>The nodes of the shop.</summary>
    public enum NodeSetup
    {
        One,
        TwoWithSharedLocks,
        TwoWithOwnLocks
    }

    [Test]
    public async Task Five_hundred_concurrent_notifications_pay_an_order_once([Values] bool mixed, [Values] NodeSetup nodes)
    {
        await using var host = await IntegrationHost.StartAsync();
        await using var second = nodes == NodeSetup.One ? null : await host.StartSecondNodeAsync(sharedLocks: nodes == NodeSetup.TwoWithSharedLocks);
        var order = await host.BuyWithoutNotificationsAsync();
        await host.Simulator.MoveAsync(order.CustomOrderNumber, "completed");
        host.Shop.Database.Latency = TimeSpan.FromMilliseconds(1);

        JsonObject[] bodies = mixed
            ? [.. new[] { "initialized", "declined", "expired", "completed", "uncleared", "cancelled" }.Select(status => IntegrationHost.Body(order, order.CustomOrderNumber, status))]
            : [IntegrationHost.Body(order, order.CustomOrderNumber)];

        var answers = await Task.WhenAll(Enumerable.Range(0, Notifications).Select(async i =>
            (await host.NotifyAsync(bodies[i % bodies.Length], node: i % 2 == 1 ? second?.Url : null)).Status));
        host.Shop.Database.Latency = TimeSpan.Zero;

        Assert.That(answers, Has.All.AnyOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), "applied, or to be sent again");
        Assert.That(answers, Has.Some.EqualTo(HttpStatusCode.OK));
        Assert.That((await host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(HttpStatusCode.OK));

        var after = await host.ReloadAsync(order);
        Assert.That(after.PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(host.Shop.Database.Mails.ForOrder(order.Id).GroupBy(mail => (mail.Template, mail.To)).Select(mails => mails.Count()), Has.All.EqualTo(1), "no mail twice");
        Assert.That((await host.OurNotesAsync(order)).GroupBy(note => note).Select(notes => notes.Count()), Has.All.EqualTo(1), "no note twice");
        Assert.That((await host.NotesAsync(order)).Count(note => note.Contains("paid with", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    // A node that stands still for a while, as in a garbage collection, in the middle of reading the order and its record; the other one applies the same notification meanwhile.
    [Test]
    public async Task A_node_that_pauses_while_it_reads_does_not_pay_an_order_again([Values] bool beforeRecord)
    {
        await using var host = await IntegrationHost.StartAsync();
        var order = await host.BuyWithoutNotificationsAsync();
        var other = new Meanwhile(async () => Assert.That((await host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(HttpStatusCode.OK)), beforeRecord);
        await using var second = await host.StartSecondNodeAsync(sharedLocks: false, services => services.AddScoped<IRepository<MultiSafepayPayment>>(provider =>
            new PausedRepository(ActivatorUtilities.CreateInstance<Repository<MultiSafepayPayment>>(provider), other)));

        Assert.That((await host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber), node: second.Url)).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That(other.HasHappened, Is.True);
        Assert.That((await host.ReloadAsync(order)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(host.Shop.Database.Mails.ForOrder(order.Id).GroupBy(mail => (mail.Template, mail.To)).Select(mails => mails.Count()), Is.Not.Empty.And.All.EqualTo(1), "no mail twice");
        Assert.That(await host.OurNotesAsync(order), Has.One.Contains("paid with").And.None.Contains("restored"));
    }

    // What another node does, once.
    private sealed class Meanwhile(Func<Task> work, bool isBefore)
    {
        public bool HasHappened { get; private set; }

        public async Task HappenAsync(bool before)
        {
            if (HasHappened || before != isBefore)
                return;
            HasHappened = true;
            await work();
        }
    }

    private sealed class PausedRepository(IRepository<MultiSafepayPayment> rows, Meanwhile other) : IRepository<MultiSafepayPayment>
    {
        public Task<MultiSafepayPayment> GetByIdAsync(int? id, Func<ICacheKeyService, CacheKey>? getCacheKey = null, bool includeDeleted = true, bool useShortTermCache = false) =>
            rows.GetByIdAsync(id, getCacheKey, includeDeleted, useShortTermCache);

        public async Task<IList<MultiSafepayPayment>> GetAllAsync(Func<IQueryable<MultiSafepayPayment>, IQueryable<MultiSafepayPayment>>? func = null,
            Func<ICacheKeyService, CacheKey>? getCacheKey = null, bool includeDeleted = true)
        {
            await other.HappenAsync(before: true);
            var read = await rows.GetAllAsync(func, getCacheKey, includeDeleted);
            await other.HappenAsync(before: false);
            return read;
        }

        public Task<IPagedList<MultiSafepayPayment>> GetAllPagedAsync(Func<IQueryable<MultiSafepayPayment>, IQueryable<MultiSafepayPayment>>? func = null, int pageIndex = 0,
            int pageSize = int.MaxValue, bool getOnlyTotalCount = false, bool includeDeleted = true) => rows.GetAllPagedAsync(func, pageIndex, pageSize, getOnlyTotalCount, includeDeleted);

        public Task InsertAsync(MultiSafepayPayment entity, bool publishEvent = true) => rows.InsertAsync(entity, publishEvent);

        public Task UpdateAsync(MultiSafepayPayment entity, bool publishEvent = true) => rows.UpdateAsync(entity, publishEvent);

        public Task<int> DeleteAsync(Expression<Func<MultiSafepayPayment, bool>> predicate) => rows.DeleteAsync(predicate);
    }
}
