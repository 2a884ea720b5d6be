using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Sandbox.Simulator;
using Sandbox.Simulator.Lifecycle;

namespace Sandbox.Testing;

/// <summary>A running simulator with a clock that stands still, a shop that listens for notifications, and short ways to talk to both.</summary>
public sealed class SimulatorRun : IAsyncDisposable
{
    public const string Key = "made-up-key-of-the-first-site";
    public const string OtherKey = "made-up-key-of-the-second-site";
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    // Where the real shop listens, there is no need for this one.
    private readonly Lazy<ListeningShop> _shop = new(ListeningShop.Start);

    private SimulatorRun(WebApplication app, HttpClient http, FakeTimeProvider time)
    {
        (_app, _http, Time) = (app, http, time);
    }

    public FakeTimeProvider Time { get; }

    /// <summary>The shop that listens, started when it is first asked for.</summary>
    public ListeningShop Shop => _shop.Value;

    public Uri Url => _http.BaseAddress!;

    public static async Task<SimulatorRun> StartAsync(Func<SimulatorOptions, SimulatorOptions>? configure = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var options = new SimulatorOptions
        {
            Port = 0,
            Sites = [new(1001, Key), new(1002, OtherKey, SiteEnvironment.Live)],
        };
        var app = SimulatorHost.Build(configure?.Invoke(options) ?? options, time);
        await app.StartAsync();

        // Redirects are looked at, not followed.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) };
        return new(app, http, time);
    }

    public Task<SimulatedApiResponse> GetAsync(string path, string? key = Key) => CallAsync(HttpMethod.Get, path, body: null, key);

    public Task<SimulatedApiResponse> PostAsync(string path, JsonNode body, string? key = Key) => CallAsync(HttpMethod.Post, path, body.ToJsonString(), key);

    public Task<SimulatedApiResponse> PatchAsync(string path, JsonNode body, string? key = Key) => CallAsync(HttpMethod.Patch, path, body.ToJsonString(), key);

    public async Task<SimulatedApiResponse> CallAsync(HttpMethod method, string path, string? body, string? key)
    {
        using var request = new HttpRequestMessage(method, "/v1/json/" + path);
        if (key is not null)
            request.Headers.Add("api_key", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await _http.SendAsync(request);
        return new(response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    /// <summary>An order with the addresses that every method accepts, notifying the listening shop.</summary>
    public JsonObject Order(string id = "order-1", long amount = 1000, string? gateway = "IDEAL") => new()
    {
        ["type"] = "redirect",
        ["order_id"] = id,
        ["gateway"] = gateway,
        ["currency"] = "EUR",
        ["amount"] = amount,
        ["description"] = "Test order",
        ["payment_options"] = new JsonObject
        {
            ["notification_url"] = Shop.Url + "notify",
            ["notification_method"] = "POST",
            ["redirect_url"] = Shop.Url + "return",
            ["cancel_url"] = Shop.Url + "cancel",
        },
        ["customer"] = Person(new JsonObject { ["ip_address"] = "203.0.113.7", ["locale"] = "nl_NL" }),
        ["delivery"] = Person([]),
    };

    private static JsonObject Person(JsonObject person)
    {
        (person["first_name"], person["last_name"], person["address1"], person["house_number"]) = ("Sam", "de Vries", "Voorbeeldkade", "12-B");
        (person["zip_code"], person["city"], person["country"]) = ("1234 AB", "Voorbeeldstad", "NL");
        (person["phone"], person["email"]) = ("+31200000000", "sam@customer.example");
        return person;
    }

    /// <summary>An order that is made and brought to <paramref name="to"/> at once.</summary>
    public async Task<JsonObject> MakeAsync(JsonObject order, params string[] to)
    {
        (await PostAsync("orders", order)).AssertSuccess();
        var state = await LookAsync((string)order["order_id"]!);
        foreach (var step in to)
            state = await MoveAsync((string)order["order_id"]!, step);
        return state;
    }

    public async Task<JsonObject> MoveAsync(string id, string to, JsonObject? details = null)
    {
        var body = details ?? [];
        body["to"] = to;
        using var response = await ControlAsync(HttpMethod.Post, $"orders/{id}/transitions", body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Turns on one of the simulator's switches for the shape of its answers, for all orders.</summary>
    public async Task ShapeAsync(string name)
    {
        using var response = await ControlAsync(HttpMethod.Post, "shape", new JsonObject { [name] = true });
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
    }

    /// <summary>Has the account store payment details for a model, such as cardOnFile.</summary>
    public Task AllowRecurringAsync(string model = "cardOnFile", bool on = true) => ChangeAsync(HttpMethod.Post, $"recurring/{model}/{(on ? "on" : "off")}");

    /// <summary>The payment details that are stored under a customer's reference, or all, oldest first.</summary>
    public Task<JsonArray> TokensAsync(string? reference = null) => ListAsync(reference is null ? "tokens" : "tokens?reference=" + Uri.EscapeDataString(reference));

    /// <summary>Stores payment details as if the customer had paid once; returns the token. <paramref name="more"/>: code, last4, expiry_date, display, model.</summary>
    public async Task<string> AddTokenAsync(string reference, JsonObject? more = null, int site = 1001)
    {
        var body = more ?? [];
        body["reference"] = reference;
        return (string)(await ChangeAsync(HttpMethod.Post, FormattableString.Invariant($"tokens?site={site}"), body))["token"]!;
    }

    /// <summary>Has a stored card expire.</summary>
    public Task ExpireTokenAsync(string token) => ChangeAsync(HttpMethod.Post, $"tokens/{token}/expire");

    /// <summary>Removes stored payment details without the shop.</summary>
    public Task RemoveTokenAsync(string token) => ChangeAsync(HttpMethod.Delete, $"tokens/{token}");

    /// <summary>How the next payment with stored details ends: completed, uncleared, authenticate (3-D Secure) or declined, then by a code of MultiSafepay's card errors.</summary>
    public Task PlanTokenPaymentAsync(string outcome, int? reasonCode = null, string? reason = null) =>
        ChangeAsync(HttpMethod.Post, "token-payments", new JsonObject { ["outcome"] = outcome, ["reason_code"] = reasonCode, ["reason"] = reason });

    /// <summary>The order as the control API shows it, with its books.</summary>
    public async Task<JsonObject> LookAsync(string id) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri($"simulator/orders/{id}", UriKind.Relative)))!.AsObject();

    public async Task<JsonArray> ListAsync(string what) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri("simulator/" + what, UriKind.Relative)))!.AsArray();

    public Task<HttpResponseMessage> ControlAsync(HttpMethod method, string path, JsonNode? body = null) =>
        _http.SendAsync(new HttpRequestMessage(method, "/simulator/" + path) { Content = body is null ? null : new StringContent(body.ToJsonString()) });

    private async Task<JsonNode> ChangeAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var response = await ControlAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Forgets requests or faults.</summary>
    public async Task DeleteAsync(string what) => (await ControlAsync(HttpMethod.Delete, what)).Dispose();

    public async Task SetFaultAsync(JsonObject fault)
    {
        using var response = await ControlAsync(HttpMethod.Post, "faults", fault);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> OpenAsync(string path) => _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    public Task<HttpResponseMessage> PressAsync(string path, params (string Name, string Value)[] fields) =>
        _http.PostAsync(new Uri(path, UriKind.RelativeOrAbsolute), new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Moves the clock and has everything expire whose time is up, without waiting for the timer.</summary>
    public void Pass(TimeSpan time)
    {
        Time.Advance(time);
        _app.Services.GetRequiredService<Expiry>().SettleAll();
    }

    /// <summary>Moves the clock on when <paramref name="condition"/> is not met: a resend begins to wait only after its predecessor was answered.</summary>
    public async Task PassUntilAsync(TimeSpan step, Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
        {
            Time.Advance(step);
            await Task.Delay(10);
        }

        Assert.That(condition(), Is.True, "waited in vain");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_shop.IsValueCreated)
            await _shop.Value.DisposeAsync();
    }
}

/// <summary>An answer of the API: its HTTP status and its envelope.</summary>
public sealed record SimulatedApiResponse(HttpStatusCode Status, JsonObject Json)
{
    public int? ErrorCode => (int?)Json["error_code"];

    public JsonObject Data => Json["data"]!.AsObject();

    public SimulatedApiResponse AssertSuccess()
    {
        Assert.That((bool?)Json["success"], Is.True, Json.ToJsonString());
        Assert.That(Status, Is.EqualTo(HttpStatusCode.OK));
        return this;
    }

    public void AssertRefused(int code, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Assert.Multiple(() =>
        {
            Assert.That((bool?)Json["success"], Is.False);
            Assert.That(ErrorCode, Is.EqualTo(code), Json.ToJsonString());
            Assert.That(Json["data"]!.AsArray(), Is.Empty);
            Assert.That((string?)Json["error_info"], Is.Not.Empty);
            Assert.That(Status, Is.EqualTo(status));
        });
    }
}
