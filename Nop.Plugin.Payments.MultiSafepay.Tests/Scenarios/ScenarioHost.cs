using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;
using Nop.Services.Configuration;
using Sandbox.Shop.Data;
using Sandbox.Simulator;
using Sandbox.Simulator.Faults;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>Two nodes of a shop on one database, and MultiSafepay, with one clock and without sockets: what happens, and in which order, is the scenario's alone.</summary>
internal sealed class ScenarioHost : IAsyncDisposable
{
    private const int NodeCount = 2;
    private const string FirstKey = "made-up-key-of-the-first-site";
    private readonly Node[] _nodes = new Node[NodeCount];
    private readonly List<(bool IsBefore, TimeSpan Wait)> _slowness = [];
    private WebApplication _simulator = null!;
    private HttpMessageInvoker _api = null!;
    private Action _putBack = () => { };
    private int _born;

    private ScenarioHost() => Database = new ShopDatabase(Time.True);

    public NodeTime Time { get; } = new();

    public ShopDatabase Database { get; }

    public NotificationTransport NotificationTransport { get; } = new();

    public SimulatorSite Site { get; } = new(1001, FirstKey);

    /// <summary>Of another MultiSafepay account.</summary>
    public SimulatorSite OtherSite { get; } = new(1002, "made-up-key-of-another-account");

    public OrderShape Shape { get; } = new();

    public IReadOnlyList<Node> Nodes => _nodes;

    public Ledger Ledger => Simulated<Ledger>();

    public FaultRegistry Faults => Simulated<FaultRegistry>();

    /// <summary>Whether the nodes share their locks, as with a distributed cache.</summary>
    public bool SharedLocks { get; private init; }

    /// <summary>Whether what is stored of the customers is asked for in the course of a story, and not in the background.</summary>
    public bool IsTokenCallWatched { get; set; }

    /// <summary>How many nodes have died.</summary>
    public int Deaths { get; private set; }

    public static async Task<ScenarioHost> StartAsync(bool sharedLocks = true)
    {
        var host = new ScenarioHost { SharedLocks = sharedLocks };
        host._simulator = SimulatorHost.Build(new SimulatorOptions
        {
            Port = 0,
            Sites = [host.Site, host.OtherSite],
            NotificationHandler = host.NotificationTransport,
            NotificationTimeout = Timeout.InfiniteTimeSpan,
            ExpirySweep = Timeout.InfiniteTimeSpan,
            ConfigureServices = services => services.AddInProcessServer().AddLogging(logging => logging.ClearProviders())
        }, host.Time.True);
        await host._simulator.StartAsync();
        host.Simulated<RecurringSwitches>().Turn(RecurringSwitches.CardOnFile, on: true);
        host.Simulated<RecurringSwitches>().Turn("subscription", on: true);
        host._api = new HttpMessageInvoker(((TestServer)host._simulator.Services.GetRequiredService<IServer>()).CreateHandler());
        for (var i = 0; i < NodeCount; i++)
            await host.StartNodeAsync(i);

        // Its first run takes over what an earlier build has left, which is nothing here: whatever the task finds later, it has been told.
        await host.Nodes[0].InScopeAsync(async services =>
        {
            await services.GetRequiredService<ReconciliationTask>().ExecuteAsync();
            return true;
        });
        host._putBack = host.Database.Remember();
        return host;
    }

    /// <summary>Makes the host new, for the next scenario: starting one takes longer than most scenarios. It begins at the same time of a later day.</summary>
    public async Task RenewAsync()
    {
        EndTrouble();
        await ReviveAsync();
        var now = Time.Now;
        Time.MoveTo(new DateTimeOffset(now.Date, TimeSpan.Zero) + NodeTime.Start.TimeOfDay + TimeSpan.FromDays(1));
        NotificationTransport.Forget(Time.Now);
        lock (Ledger.Gate)
        {
            Ledger.Clear();
            Simulated<TokenVault>().Clear();
        }

        Site.ApiKey = FirstKey;
        _putBack();
        (Deaths, _born, IsTokenCallWatched) = (0, 0, false);
        foreach (var node in _nodes)
        {
            node.Name = NextName();
            await node.InScopeAsync(async services =>
            {
                await services.GetRequiredService<ISettingService>().ClearCacheAsync();
                return true;
            });
        }
    }

    public T Simulated<T>() where T : notnull => _simulator.Services.GetRequiredService<T>();

    public Task<HttpResponseMessage> CallMultiSafepayAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _api.SendAsync(request, cancellationToken);

    /// <summary>The next call takes this long, on the way there or on the way back.</summary>
    public void SlowDown(bool isBefore, TimeSpan wait) => _slowness.Add((isBefore, wait));

    public TimeSpan? TakeSlowness(bool isBefore)
    {
        var index = _slowness.FindIndex(slow => slow.IsBefore == isBefore);
        if (index < 0)
            return null;
        var wait = _slowness[index].Wait;
        _slowness.RemoveAt(index);
        return wait;
    }

    public void EndTrouble()
    {
        Faults.Clear();
        _slowness.Clear();
        Time.Skew = TimeSpan.Zero;
    }

    /// <summary>Puts a fresh process in the place of a dead one.</summary>
    public async Task ReviveAsync()
    {
        for (var i = 0; i < NodeCount; i++)
        {
            if (!_nodes[i].Process.IsKilled)
                continue;
            Deaths++;
            await _nodes[i].DisposeAsync();
            await StartNodeAsync(i);
        }
    }

    /// <summary>Changes the plugin's settings, and has all nodes read them again, as nopCommerce's distributed cache does.</summary>
    public async Task SetAsync(Action<MultiSafepaySettings, IServiceProvider> change)
    {
        await _nodes[0].InScopeAsync(async services =>
        {
            var settingService = services.GetRequiredService<ISettingService>();
            var settings = await settingService.LoadSettingAsync<MultiSafepaySettings>();
            change(settings, services);
            await settingService.SaveSettingAsync(settings);
            return true;
        });
        foreach (var node in _nodes)
        {
            await node.InScopeAsync(async services =>
            {
                await services.GetRequiredService<ISettingService>().ClearCacheAsync();
                return true;
            });
        }
    }

    /// <summary>Moves an order on at MultiSafepay, if that is possible now.</summary>
    public bool TryMove(SimulatedOrder order, string to, JsonObject? details = null) =>
        TryAt(order, found => Simulated<OrderTransitions>().Apply(found, to, JsonSerializer.SerializeToElement(details ?? [])));

    /// <summary>The customer opens a link and does something there, if that is possible now.</summary>
    public bool TryPay(SimulatedOrder order, PaymentSession session, string to, JsonObject details) => TryAt(order, found =>
    {
        if (to == "left")
        {
            Simulated<PaymentTransitions>().Close(found, session, Status.Cancelled);
            return;
        }

        details["transaction"] = Simulated<PaymentTransitions>().Start(found, session, (string)details["gateway"]!).Id;
        if (to != "started")
            Simulated<OrderTransitions>().Apply(found, to, JsonSerializer.SerializeToElement(details));
    });

    /// <summary>Another shop of the site makes an order; null when MultiSafepay refuses it.</summary>
    public (SimulatedOrder Order, PaymentSession Session)? TryOrder(SimulatorSite site, JsonObject body)
    {
        try
        {
            lock (Ledger.Gate)
                return Simulated<OrderIntake>().Add(site, JsonSerializer.SerializeToElement(body));
        }
        catch (Sandbox.Simulator.Api.RefusalException)
        {
            return null;
        }
    }

    /// <summary>MultiSafepay tells once more how an order stands, as its dashboard can be asked to.</summary>
    public void TellAgain(SimulatedOrder order) => Simulated<OrderAccess>().With(order.OrderId, order.Site.SiteId, found => Simulated<NotificationFactory>().Tell(found, found.Current));

    /// <summary>Moves the clock, and ends at MultiSafepay what has run out of time.</summary>
    public async Task MoveClockAsync(TimeSpan time)
    {
        Time.MoveTo(Time.Now + time);
        Simulated<Expiry>().SettleAll();
        await NotificationTransport.SettleAsync(Ledger);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.OfType<Node>())
            await node.DisposeAsync();
        _api.Dispose();
        await _simulator.StopAsync();
        await _simulator.DisposeAsync();
        NotificationTransport.Dispose();
        Database.Dispose();
    }

    private async Task StartNodeAsync(int index)
    {
        var node = _nodes[index] = await Node.StartAsync(NextName(), this);
        foreach (var store in await Database.ListAsync<Store>(store => string.IsNullOrEmpty(store.Url)))
        {
            store.Url = $"http://localhost/{(store.Id == 1 ? "" : $"{store.Id}/")}";
            store.Hosts = store.Id == 1 ? "localhost" : "127.0.0.1";
            await Database.UpdateAsync(store);
        }

        // As in a shop that has been open for a while.
        await node.InScopeAsync(async services =>
        {
            var settings = await services.GetRequiredService<StoreSettings>().ForStoreAsync(1);
            try
            {
                return await services.GetRequiredService<MethodCatalogue>().AskAsync(1, settings, "EUR", Locales.Default, CancellationToken.None);
            }
            catch (MultiSafepayApiException)
            {
                // The owner has not entered the new key yet.
                return null;
            }
        });
    }

    private bool TryAt(SimulatedOrder order, Action<SimulatedOrder> work)
    {
        try
        {
            return Simulated<OrderAccess>().With(order.OrderId, order.Site.SiteId, found =>
            {
                work(found);
                return true;
            });
        }
        catch (Sandbox.Simulator.Api.RefusalException)
        {
            return false;
        }
    }

    private string NextName() => $"node {(char)('A' + _born++)}";
}
