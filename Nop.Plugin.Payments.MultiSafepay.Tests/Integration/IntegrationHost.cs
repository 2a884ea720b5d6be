using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Integration;

/// <summary>The shop with the real plugin, the simulator of MultiSafepay, a customer's browser, and one clock for all of them.</summary>
internal sealed class IntegrationHost : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 1000 }) { Timeout = TimeSpan.FromMinutes(2) };

    private IntegrationHost(SimulatorRun simulator, TestShop shop)
    {
        Simulator = simulator;
        Shop = shop;
        Browser = shop.NewBrowser();
    }

    public SimulatorRun Simulator { get; }

    public TestShop Shop { get; }

    public ShopBrowser Browser { get; }

    public static async Task<IntegrationHost> StartAsync(Func<ShopOptions, ShopOptions>? configure = null)
    {
        var simulator = await SimulatorRun.StartAsync();
        var options = new ShopOptions { ApiUrl = $"{simulator.Url}v1/json/", ApiKey = SimulatorRun.Key, Time = new SharedClock(simulator.Time) };
        var host = new IntegrationHost(simulator, await TestShop.StartAsync(configure?.Invoke(options) ?? options));
        await host.LoadMethodsAsync();
        return host;
    }

    /// <summary>As in a shop that has been open for a while, the payment methods are known, so that a test's calls and faults are those of its own subject.</summary>
    public async Task LoadMethodsAsync()
    {
        await Shop.InScopeAsync(async services =>
        {
            var settings = await services.GetRequiredService<StoreSettings>().ForStoreAsync(1);
            for (var tries = 3; ; tries--)
            {
                try
                {
                    await services.GetRequiredService<MethodCatalogue>().AskAsync(1, settings, "EUR", Locales.Default, CancellationToken.None);
                    return;
                }
                catch (MultiSafepayApiException) when (tries > 1)
                {
                    // The machine is busy.
                }
            }
        });
        await Simulator.DeleteAsync("requests");
    }

    /// <summary>Another node of the same shop: its own process state, the same database, the same locks or its own.</summary>
    public Task<TestShop> StartSecondNodeAsync(bool sharedLocks = true, Action<IServiceCollection>? configureServices = null) => TestShop.StartAsync(new ShopOptions
    {
        ConfigureServices = configureServices,
        SharedLocks = sharedLocks,
        ApiUrl = $"{Simulator.Url}v1/json/",
        ApiKey = SimulatorRun.Key,
        Time = new SharedClock(Simulator.Time),
        Database = Shop.Database
    });

    /// <summary>Buys something and confirms; answers the order and where the browser is sent.</summary>
    public async Task<(Order Order, string Location)> BuyAsync(int productId = 1, int quantity = 1)
    {
        await Browser.CheckOutAsync(MultiSafepayDefaults.SystemName, productId, quantity);
        var location = await Browser.PlaceOrderAsync();
        var order = (await Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!;
        return (order, location);
    }

    /// <summary>Buys something, with MultiSafepay's own notifications held back, so that a test sends its own.</summary>
    public async Task<Order> BuyWithoutNotificationsAsync(int productId = 1)
    {
        await Simulator.SetFaultAsync(new JsonObject { ["kind"] = "lose-notification", ["times"] = 1000 });
        return (await BuyAsync(productId)).Order;
    }

    public async Task<Order> ReloadAsync(Order order) => (await Shop.Database.FindAsync<Order>(order.Id))!;

    public async Task<IReadOnlyList<string>> NotesAsync(Order order) =>
        [.. (await Shop.Database.ListAsync<OrderNote>(note => note.OrderId == order.Id)).Select(note => note.Note)];

    /// <summary>The plugin's own notes, without those of nopCommerce.</summary>
    public async Task<IReadOnlyList<string>> OurNotesAsync(Order order) => [.. (await NotesAsync(order)).Where(note => note.StartsWith("MultiSafepay", StringComparison.Ordinal))];

    public async Task<IReadOnlyList<string>> WarningsAsync() =>
        [.. (await Shop.Database.ListAsync<Log>(log => log.LogLevel >= LogLevel.Warning)).Select(log => $"{log.ShortMessage} {log.FullMessage}")];

    /// <summary>The kinds of the alerts that the owner has not dismissed.</summary>
    public Task<IReadOnlyList<string>> AlertsAsync(Order order) => Shop.InScopeAsync(async services =>
        (IReadOnlyList<string>)[.. (await services.GetRequiredService<MerchantAlerts>().OpenAsync()).Where(alert => alert.OrderId == order.Id).Select(alert => alert.Kind)]);

    /// <summary>A text of the plugin, in English.</summary>
    public Task<string> TextAsync(string key) =>
        Shop.InScopeAsync(services => services.GetRequiredService<Nop.Services.Localization.ILocalizationService>().GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{key}"));

    public Task<PaymentRecord> RecordAsync(Order order) => Shop.InScopeAsync(services => services.GetRequiredService<PaymentRecordStore>().LoadAsync(order));

    /// <summary>Changes the settings of all stores.</summary>
    public Task SetAsync(Action<MultiSafepaySettings> change) => SetAsync<MultiSafepaySettings>(change);

    /// <summary>Changes settings of nopCommerce's own, of all stores.</summary>
    public Task SetAsync<TSettings>(Action<TSettings> change) where TSettings : Nop.Core.Configuration.ISettings, new() => Shop.InScopeAsync(async services =>
    {
        var settingService = services.GetRequiredService<Nop.Services.Configuration.ISettingService>();
        var settings = await settingService.LoadSettingAsync<TSettings>();
        change(settings);
        await settingService.SaveSettingAsync(settings);
        await settingService.ClearCacheAsync();
    });

    public Task<ReconciliationReport> ReconcileAsync(ReconciliationReport? last = null) =>
        Shop.InScopeAsync(services => services.GetRequiredService<Reconciler>().RunAsync(last ?? NothingToTakeOver, CancellationToken.None));

    /// <summary>The report of a run after which there is nothing of an earlier build of the plugin.</summary>
    public static ReconciliationReport NothingToTakeOver { get; } = new(default, 0, 0, 0, 0, StoppedEarly: false) { TakenOverFrom = 0 };

    /// <summary>What the API was sent, as "METHOD path".</summary>
    public async Task<IReadOnlyList<string>> ApiCallsAsync() =>
        [.. (await Simulator.ListAsync("requests")).Select(request => $"{request!["method"]} {((string)request["path"]!).Replace("/v1/json/", string.Empty, StringComparison.Ordinal)}")];

    /// <summary>The last body that the API was sent by this call.</summary>
    public async Task<JsonObject> LastBodyAsync(string method, string path) =>
        (await Simulator.ListAsync("requests")).Last(request => (string)request!["method"]! == method && (string)request["path"]! == $"/v1/json/{path}")!["body"]!.AsObject();

    /// <summary>A notification body as MultiSafepay writes it, shortened to what matters.</summary>
    public static JsonObject Body(Order order, string orderId, string status = "completed", string? financialStatus = null, long? amount = null,
        string currency = "EUR", string transactionId = "990001") => new()
        {
            ["order_id"] = orderId,
            ["transaction_id"] = transactionId,
            ["status"] = status,
            ["financial_status"] = financialStatus ?? status,
            ["amount"] = amount ?? (long)(order.OrderTotal * order.CurrencyRate * 100),
            ["currency"] = currency,
            ["var1"] = order.OrderGuid.ToString(),
            ["payment_details"] = new JsonObject { ["type"] = "IDEAL" }
        };

    public Task<(HttpStatusCode Status, string Text, HttpResponseMessage Answer)> NotifyAsync(JsonObject body, string key = SimulatorRun.Key, int storeId = 1, TimeSpan age = default,
        string query = "", Uri? node = null) =>
        PostAsync(Encoding.UTF8.GetBytes(body.ToJsonString()), key, storeId, age, query, node);

    public async Task<(HttpStatusCode Status, string Text, HttpResponseMessage Answer)> PostAsync(
        byte[] body, string? key = SimulatorRun.Key, int storeId = 1, TimeSpan age = default, string query = "", Uri? node = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node ?? Shop.Url, $"multisafepay/notification/{storeId}{query}"));
        request.Content = new ByteArrayContent(body);
        if (key is not null)
            request.Headers.Add("Auth", NotificationSigner.Sign(body, key, Simulator.Time.GetUtcNow() - age));
        var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    /// <summary>Sends any request, by a client that follows no redirect and keeps no cookie.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public async Task<(HttpStatusCode Status, string Text)> HintAsync(string orderId, int storeId = 1)
    {
        using var answer = await _http.GetAsync(new Uri(Shop.Url, $"multisafepay/notification/{storeId}?transactionid={orderId}&timestamp=1"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>
    /// Waits until the order has a status and the shop has answered every notification about it; gives the order as it is then. The order shows its new status while nopCommerce
    /// and the plugin are still at work on it, and a refund by button is booked before its notification comes.
    /// </summary>
    public async Task<Order> UntilAsync(Order order, PaymentStatus status)
    {
        await UntilAsync(async () => (await ReloadAsync(order)).PaymentStatus == status, $"{order.CustomOrderNumber} is {status}");
        foreach (var attempt in (await RecordAsync(order)).Attempts)
            await UntilAsync(async () => (await Simulator.LookAsync(attempt.OrderId))["deliveries"]!.AsArray().All(delivery => (string)delivery!["state"]! != "pending"),
                $"{attempt.OrderId}: the notifications are answered");
        return await ReloadAsync(order);
    }

    /// <summary>Waits for something that happens in the background, a notification for example.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
                Assert.Fail($"It did not happen within 30 seconds: {what}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        _http.Dispose();
        await Shop.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
