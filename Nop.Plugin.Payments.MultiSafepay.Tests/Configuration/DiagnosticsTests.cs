using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nop.Core.Domain.Logging;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>What the diagnostics know of the calls to MultiSafepay and of the log.</summary>
[TestFixture]
internal sealed class DiagnosticsTests
{
    private static readonly DateTimeOffset _now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [TestCase(0)]
    [TestCase(700)]
    [TestCase(-4000)]
    public async Task The_clock_difference_is_measured_from_API_responses(int ahead)
    {
        var time = new FakeTimeProvider(_now);
        await using var shop = await TestShop.StartAsync(new ShopOptions { Time = time });
        await shop.InScopeAsync(async services =>
        {
            var activity = services.GetRequiredService<RecentActivity>();
            Assert.That(activity.ClockDifference, Is.Null);
            await CallAsync(activity, () => Answer(HttpStatusCode.OK, _now.AddSeconds(ahead)));
            Assert.That(activity.ClockDifference, Is.EqualTo(TimeSpan.FromSeconds(ahead)));

            var file = System.Text.Encoding.UTF8.GetString(DiagnosticReport.ToFile(await services.GetRequiredService<DiagnosticReport>().CreateAsync()));
            Assert.That(file, Does.Contain($"MultiSafepay's clock is ahead by: {ahead} s"));
        });
    }

    [Test]
    public async Task A_failed_call_is_recorded_without_its_content()
    {
        var activity = new RecentActivity(new FakeTimeProvider(_now));
        await CallAsync(activity, () => Answer(HttpStatusCode.Forbidden, null));
        Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(activity, () => throw new HttpRequestException(HttpRequestError.NameResolutionError)));
        Assert.ThrowsAsync<TaskCanceledException>(() => CallAsync(activity, () => throw new TaskCanceledException()));
        await CallAsync(activity, () => Answer(HttpStatusCode.OK, null));

        Assert.That(activity.FailedCalls.Select(call => (call.AtUtc, call.What, call.Outcome)), Is.EqualTo(new[]
        {
            (_now.UtcDateTime, "GET /v1/json/orders/1", "TaskCanceledException"),
            (_now.UtcDateTime, "GET /v1/json/orders/1", "NameResolutionError"),
            (_now.UtcDateTime, "GET /v1/json/orders/1", "HTTP 403")
        }));
    }

    [Test]
    public async Task Unsigned_notifications_do_not_displace_signed_ones_from_the_diagnostics()
    {
        await using var shop = await TestShop.StartAsync();
        using var browser = shop.NewBrowser();
        await shop.InScopeAsync(async services =>
        {
            var activity = services.GetRequiredService<RecentActivity>();
            activity.Notified("POST /multisafepay/notification/1", 200, "OK");
            activity.Notified("POST /multisafepay/notification/1", 401, "not signed");
            for (var i = 0; i <= RecentActivity.Capacity; i++)
                await browser.GetAsync("multisafepay/notification/1?transactionid=990001");

            Assert.That(activity.Accepted, Has.Count.EqualTo(1));
            Assert.That(activity.Refused, Has.Count.EqualTo(1));
            Assert.That(activity.Hints, Has.Count.EqualTo(RecentActivity.Capacity));
            var file = System.Text.Encoding.UTF8.GetString(DiagnosticReport.ToFile(await services.GetRequiredService<DiagnosticReport>().CreateAsync()));
            Assert.That(file, Does.Contain("== Notifications without a signature").And.Contain("GET /multisafepay/notification/1 990001"));
        });
    }

    [Test]
    public async Task The_diagnostics_show_only_log_entries_of_the_plugin()
    {
        await using var shop = await TestShop.StartAsync();
        foreach (var line in new[] { "Somebody else's error", $"{MultiSafepayDefaults.SystemName}: an order was not paid", "Payments.Other: nothing of ours" })
            await shop.Database.InsertAsync(new Log { ShortMessage = line, FullMessage = string.Empty, LogLevel = LogLevel.Error, CreatedOnUtc = _now.UtcDateTime });

        using var browser = shop.NewBrowser();
        var page = await browser.ReadAsync("Admin/MultiSafepaySetup/Diagnostics");
        Assert.That(page, Does.Contain("an order was not paid").And.Not.Contain("Somebody else's error").And.Not.Contain("nothing of ours"));
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, DateTimeOffset? date) => new(status) { Headers = { Date = date } };

    private static async Task CallAsync(RecentActivity activity, Func<HttpResponseMessage> answer)
    {
        using var handler = new ActivityHandler(activity) { InnerHandler = new Answering(answer) };
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/v1/json/orders/1?secret=1");
        request.Headers.Add("api_key", "made-up-key");
        using var response = await http.SendAsync(request);
    }

    private sealed class Answering(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }
}
