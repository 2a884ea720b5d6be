using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>Faults strike where and as often as they are told, and the request log keeps no key.</summary>
[TestFixture]
internal sealed class FaultTests : SimulatorFixture
{
    private async Task<int> CountOrdersAsync() => (await Run.ListAsync("orders")).Count;

    [Test]
    public async Task The_drop_answer_after_work_fault_loses_only_the_response()
    {
        await Run.SetFaultAsync(new() { ["kind"] = "drop-answer-after-work", ["method"] = "POST", ["path"] = "orders" });
        Assert.ThrowsAsync<HttpRequestException>(() => Run.PostAsync("orders", Run.Order()));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(1));
        Assert.That((bool)(await Run.ListAsync("requests"))[0]!["dropped"]!, Is.True);
        (await Run.PostAsync("orders", Run.Order())).AssertSuccess();
    }

    [Test]
    public async Task The_drop_before_work_fault_prevents_the_operation()
    {
        await Run.SetFaultAsync(new() { ["kind"] = "drop-before-work" });
        Assert.ThrowsAsync<HttpRequestException>(() => Run.PostAsync("orders", Run.Order()));
        Assert.That(await CountOrdersAsync(), Is.Zero);
    }

    [Test]
    public async Task A_refund_whose_response_was_dropped_is_made_once()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        await Run.SetFaultAsync(new() { ["kind"] = "drop-answer-after-work", ["path"] = "/v1/json/orders/*/refunds" });
        var refund = new JsonObject { ["currency"] = "EUR", ["amount"] = 100 };
        Assert.ThrowsAsync<HttpRequestException>(() => Run.PostAsync("orders/order-1/refunds", refund));
        (await Run.PostAsync("orders/order-1/refunds", refund)).AssertRefused(1034);
        Assert.That((long)(await Run.LookAsync("order-1"))["amounts"]!["refunded"]!, Is.EqualTo(100));
    }

    [Test]
    public async Task The_invalid_JSON_fault_happens_after_the_operation()
    {
        await Run.SetFaultAsync(new() { ["kind"] = "invalid-json" });
        Assert.CatchAsync<System.Text.Json.JsonException>(() => Run.PostAsync("orders", Run.Order()));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_blocked_site_is_rejected_until_the_fault_is_cleared()
    {
        await Run.SetFaultAsync(new() { ["kind"] = "block-site", ["times"] = -1 });
        (await Run.GetAsync("me")).AssertRefused(1019, HttpStatusCode.Forbidden);
        (await Run.PostAsync("orders", Run.Order())).AssertRefused(1019, HttpStatusCode.Forbidden);
        using var cleared = await Run.ControlAsync(HttpMethod.Delete, "faults");
        (await Run.GetAsync("me")).AssertSuccess();
    }

    [Test]
    public async Task The_status_fault_repeats_as_configured_and_may_carry_an_error()
    {
        await Run.SetFaultAsync(new() { ["kind"] = "status", ["status"] = 200, ["error_code"] = 1024, ["error_info"] = "Declined", ["times"] = 2 });
        (await Run.GetAsync("me")).AssertRefused(1024, HttpStatusCode.OK);
        (await Run.GetAsync("me")).AssertRefused(1024, HttpStatusCode.OK);
        (await Run.GetAsync("me")).AssertSuccess();
        await Run.SetFaultAsync(new() { ["kind"] = "status", ["status"] = 502 });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Run.Url, "/v1/json/me"));
        using var http = new HttpClient();
        using var response = await http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
    }

    [Test]
    public async Task The_latency_fault_waits_by_the_simulated_clock()
    {
        await Run.SetFaultAsync(new() { ["kind"] = "latency", ["milliseconds"] = 30_000 });
        var answer = Run.GetAsync("me");
        await Task.Delay(100);
        Assert.That(answer.IsCompleted, Is.False);
        await Run.PassUntilAsync(TimeSpan.FromSeconds(30), () => answer.IsCompleted);
        (await answer).AssertSuccess();
    }

    [Test]
    public async Task A_fault_affects_only_matching_requests()
    {
        await Run.MakeAsync(Run.Order());
        await Run.MakeAsync(Run.Order("order-2"));
        await Run.SetFaultAsync(new() { ["kind"] = "status", ["error_code"] = 1000, ["order_id"] = "order-2", ["method"] = "get", ["path"] = "orders/*" });
        (await Run.GetAsync("orders/order-1")).AssertSuccess();
        (await Run.PatchAsync("orders/order-2", new JsonObject { ["invoice_id"] = "1" })).AssertSuccess();
        (await Run.GetAsync("orders/order-2")).AssertRefused(1000, HttpStatusCode.ServiceUnavailable);
        (await Run.GetAsync("orders/order-2")).AssertSuccess();
    }

    [TestCase("{\"kind\":\"earthquake\"}")]
    [TestCase("{\"kind\":\"status\",\"status\":99}")]
    [TestCase("{\"kind\":\"latency\",\"milliseconds\":-1}")]
    [TestCase("{}")]
    public async Task An_invalid_fault_is_rejected(string fault)
    {
        using var response = await Run.ControlAsync(HttpMethod.Post, "faults", JsonNode.Parse(fault));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await Run.ListAsync("faults"), Is.Empty);
    }

    [Test]
    public async Task The_request_log_keeps_body_and_site_but_not_the_API_key()
    {
        (await Run.PostAsync("orders", Run.Order())).AssertSuccess();
        (await Run.PostAsync("orders", Run.Order(), "some-wrong-key")).AssertRefused(1032, HttpStatusCode.Unauthorized);
        var log = await Run.ListAsync("requests");
        Assert.That(log, Has.Count.EqualTo(2));
        Assert.Multiple(() =>
        {
            Assert.That((string?)log[0]!["path"], Is.EqualTo("/v1/json/orders"));
            Assert.That((int?)log[0]!["site_id"], Is.EqualTo(1001));
            Assert.That((string?)log[0]!["body"]!["order_id"], Is.EqualTo("order-1"));
            Assert.That((bool)log[0]!["answer"]!["success"]!, Is.True);
            Assert.That(log[1]!["site_id"], Is.Null);
            Assert.That((int)log[1]!["answer"]!["error_code"]!, Is.EqualTo(1032));
            Assert.That(log.ToJsonString(), Does.Not.Contain(SimulatorRun.Key).And.Not.Contain("some-wrong-key"));
        });

        using var cleared = await Run.ControlAsync(HttpMethod.Delete, "requests");
        Assert.That(await Run.ListAsync("requests"), Is.Empty);
    }

    [Test]
    public async Task A_reset_clears_orders_faults_and_requests()
    {
        await Run.MakeAsync(Run.Order(), "completed");
        await Run.SetFaultAsync(new() { ["kind"] = "block-site", ["times"] = -1 });
        using var reset = await Run.ControlAsync(HttpMethod.Post, "reset");
        Assert.That(await CountOrdersAsync(), Is.Zero);
        Assert.That(await Run.ListAsync("requests"), Is.Empty);
        (await Run.PostAsync("orders", Run.Order())).AssertSuccess();
    }
}

/// <summary>Memory is bounded: the oldest goes first.</summary>
[TestFixture]
internal sealed class BoundedMemoryTests : SimulatorFixture
{
    [Test]
    public async Task The_oldest_orders_and_requests_are_dropped_at_the_limit()
    {
        for (var i = 0; i < 5; i++)
            (await Run.PostAsync("orders", Run.Order($"order-{i}"))).AssertSuccess();
        Assert.That((await Run.ListAsync("orders")).Select(order => (string)order!["order_id"]!), Is.EqualTo(["order-4", "order-3", "order-2"]));
        Assert.That((await Run.ListAsync("requests")).Select(request => (long)request!["number"]!), Is.EqualTo([4L, 5L]));
        (await Run.GetAsync("orders/order-0")).AssertRefused(1006, HttpStatusCode.NotFound);
    }

    [Test]
    public async Task An_order_keeps_only_its_last_fifty_sessions()
    {
        for (var i = 1; i <= 51; i++)
            (await Run.PostAsync("orders", Run.Order(amount: i))).AssertSuccess();
        var sessions = (await Run.LookAsync("order-1"))["sessions"]!.AsArray();
        Assert.That(sessions.Select(session => (int)session!["amount"]!), Is.EqualTo(Enumerable.Range(2, 50)));
    }

    protected override Sandbox.Simulator.SimulatorOptions Configure(Sandbox.Simulator.SimulatorOptions options) => options with { MaxOrders = 3, MaxRequests = 2 };
}
