using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Sandbox.Shop.Services;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>A short story of one order, with all that has to be set for it.</summary>
/// <param name="Name">What happens.</param>
/// <param name="PlayAsync">Lets it happen.</param>
internal sealed record Story(string Name, Func<StoryRun, Task> PlayAsync)
{
    /// <summary>The method that it is paid with.</summary>
    public string Gateway { get; init; } = "IDEAL";

    /// <summary>Whether a card holds the money until it is captured.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The owner's status mapping; empty for the recommended one.</summary>
    public string Mapping { get; init; } = "";

    public CancelledThenPaidPolicy Policy { get; init; }

    public bool CaptureOnShipment { get; init; }

    /// <summary>Whether each parcel is reported, and not only the last one.</summary>
    public bool PartialShipments { get; init; }

    /// <summary>Switches of the simulator (<see cref="ResponseShape"/>).</summary>
    public IReadOnlyList<string> Shape { get; init; } = [];

    public override string ToString() => Name;
}

/// <summary>The node was killed while nopCommerce placed the order: half an order, which is nopCommerce's alone.</summary>
internal sealed class HalfPlacedException() : Exception("nopCommerce was killed while it placed the order.");

/// <summary>
/// Lets a story happen, on one node that may be killed at one access. A fresh node takes its place; what MultiSafepay had sent it sends again, the task runs, and whoever
/// had pressed a button looks whether it was done and presses it again if not. Then the story goes on.
/// </summary>
internal sealed partial class StoryRun(ScenarioHost host, Story story, KillWatch watch)
{
    private const int MaxNotifications = 100;
    private const int Quantity = 2;
    private const int LinkDays = 7;
    private readonly InterleavingScheduler _scheduler = new(host.Time);
    private readonly List<string> _told = [];
    private CookieContainer _cookies = new();

    public ScenarioHost Host => host;

    public Story Story => story;

    public KillWatch Watch => watch;

    public Purchase Purchase { get; private set; } = null!;

    /// <summary>What happened.</summary>
    public IReadOnlyList<string> Told => _told;

    private Node Node => host.Nodes[0];

    /// <summary>The story from its beginning until nothing is left to do.</summary>
    public async Task RunAsync()
    {
        await PrepareAsync();
        await story.PlayAsync(this);
        Tell("--- everything settles");
        await ArriveAsync();
        for (var quarter = 0; quarter < 4; quarter++)
        {
            // What the first of them does may be disturbed; the others look again.
            watch.IsOn = quarter == 0;
            await PassAsync(TimeSpan.FromMinutes(16));
            await RunTaskAsync();
        }

        watch.IsOn = true;
        await PassAsync(TimeSpan.FromHours(25));
        await RunTaskAsync();
        watch.IsOn = false;
        await PassAsync(TimeSpan.FromMinutes(16));
        await RunTaskAsync();
    }

    public async Task<Order> OrderAsync() => (await host.Database.FindAsync<Order>(Purchase.OrderId))!;

    public async Task BuyAsync()
    {
        var euro = (await host.Database.ListAsync<Currency>(row => row.CurrencyCode == "EUR")).Single();
        var location = "";
        if (await TryAsync("the customer buys", async node => location = await new Visitor(node, _cookies).BuyAsync(euro.Id, 1, Quantity)) is { } killed)
        {
            if (killed.Operation == nameof(Nop.Services.Orders.IOrderProcessingService.PlaceOrderAsync))
                throw new HalfPlacedException();
            if (await PlacedAsync() is null)
            {
                _cookies = new();
                await TryAsync("the customer buys after all", async node => location = await new Visitor(node, _cookies).BuyAsync(euro.Id, 1, Quantity));
            }
        }

        Purchase = new Purchase((await PlacedAsync())!, _cookies);
        if (!IsLink(location))
        {
            await RecoverAsync();
            await RetryAsync();
        }
    }

    /// <summary>The customer presses <em>Retry payment</em>, until there is a page to pay at.</summary>
    public async Task RetryAsync()
    {
        var location = "";
        await PersonAsync("the customer presses Retry payment", async node =>
            location = await new Visitor(node, _cookies).PostAsync("Order/RePostPayment", ("orderId", $"{Purchase.OrderId}")), _ => IsLink(location));
        if (!IsLink(location))
            throw new InvalidOperationException($"The customer was sent to {location}, where nothing can be paid.");
    }

    /// <summary>Something happens at MultiSafepay to the payment of a link, the newest one unless told otherwise.</summary>
    /// <param name="to">What; see the simulator's transitions.</param>
    /// <param name="details">Its details.</param>
    /// <param name="link">The number of the link, from the first on.</param>
    /// <param name="isHeard">Whether the notification arrives.</param>
    public async Task AtPageAsync(string to, JsonObject? details = null, Index? link = null, bool isHeard = true)
    {
        var order = host.Ledger.FindSession(Purchase.Links[link ?? ^1])!.Value.Order;
        await MoveAsync(order, to, details, isHeard);
    }

    /// <summary>Something happens in MultiSafepay's dashboard, or at a bank, to a payment that was made.</summary>
    public Task AtDashboardAsync(string to, JsonObject? details = null, bool isHeard = true) =>
        MoveAsync(Purchase.OrdersIn(host.Ledger).Last(order => order.IsUsed), to, details, isHeard);

    /// <summary>All notifications that are under way arrive.</summary>
    public async Task ArriveAsync()
    {
        for (var i = 0; i < MaxNotifications && host.NotificationTransport.Pending is [var notification, ..]; i++)
        {
            host.NotificationTransport.Take(notification);
            var killed = await TryAsync($"{notification.Delivery.Status}/{notification.Delivery.FinancialStatus} is notified", node => BringAsync(notification, node));
            notification.Broken();
            await host.NotificationTransport.SettleAsync(host.Ledger);
            if (killed is not null)
                await RecoverAsync();
        }
    }

    /// <summary>The notifications that are under way get lost, and MultiSafepay believes that they arrived.</summary>
    public async Task LoseAsync()
    {
        while (host.NotificationTransport.Pending is [var notification, ..])
        {
            host.NotificationTransport.Take(notification);
            notification.Answered(HttpStatusCode.OK, "OK");
            await host.NotificationTransport.SettleAsync(host.Ledger);
        }
    }

    /// <summary>Time passes; links and authorisations run out.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await host.MoveClockAsync(time);
        await ArriveAsync();
    }

    public Task RunTaskAsync() => PersonAsync("the task runs", node => new Visitor(node, new()).RunTaskAsync(), isDone: null);

    /// <summary>Somebody does something in the shop. Where the node dies, they look whether it was done, and do it again if not.</summary>
    private async Task PersonAsync(string text, Func<Node, Task> work, Func<Order, bool>? isDone)
    {
        if (await TryAsync(text, work) is not null)
        {
            await RecoverAsync();
            if (isDone is not null && !isDone(await OrderAsync()))
                await TryAsync($"{text} after all", work);
        }

        await host.NotificationTransport.SettleAsync(host.Ledger);
    }

    private async Task<KillPoint?> TryAsync(string text, Func<Node, Task> work)
    {
        Tell(text);
        var node = Node;
        var operation = new InterleavedOperation(text, node, () => work(node)) { Kills = access => watch.Looks(text, node, access) };
        await _scheduler.RunAsync([operation], new Random(1));
        if (operation.Failure is { } failure)
            throw new InvalidOperationException($"{text}: {failure.Message}", failure);
        var isKilled = node.Process.IsKilled;
        if (isKilled)
            Tell($"    killed at {watch.Killed}");
        await host.ReviveAsync();
        return isKilled ? watch.Killed : null;
    }

    // MultiSafepay sends again after a quarter of an hour, and the task runs as often.
    private async Task RecoverAsync()
    {
        Tell("    a fresh node takes over");
        await host.NotificationTransport.SettleAsync(host.Ledger);
        await ArriveAsync();
        for (var quarter = 0; quarter < 3; quarter++)
        {
            await PassAsync(TimeSpan.FromMinutes(16));
            await RunTaskAsync();
        }
    }

    private async Task BringAsync(NotificationInTransit notification, Node node)
    {
        using var request = notification.Request();
        using var answer = await node.SendAsync(request, CancellationToken.None);
        var text = await answer.Content.ReadAsStringAsync();
        Tell($"    {(int)answer.StatusCode} {text}");
        notification.Answered(answer.StatusCode, text);
    }

    private async Task MoveAsync(SimulatedOrder order, string to, JsonObject? details, bool isHeard)
    {
        Tell($"at MultiSafepay {order.OrderId}: {to} {details?.ToJsonString()}");
        if (!host.TryMove(order, to, details))
            throw new InvalidOperationException($"MultiSafepay refuses {to} of {order.OrderId}, which is {order.Status}/{order.FinancialStatus}.");
        await host.NotificationTransport.SettleAsync(host.Ledger);
        if (isHeard)
            await ArriveAsync();
    }

    private Task PrepareAsync()
    {
        host.Shape.Change = request => request with { Gateway = story.Gateway, Capture = story.IsHeld ? CaptureMode.Manual : request.Capture };
        foreach (var shape in story.Shape)
            host.Ledger.Shape.Set(shape, true);
        return host.SetAsync((settings, _) =>
        {
            settings.CancelledThenPaid = story.Policy;
            settings.StatusMapping = story.Mapping;
            settings.CaptureOnShipment = story.CaptureOnShipment;
            settings.PartialShipments = story.PartialShipments;
            (settings.LinkLifetime, settings.LinkLifetimeUnit) = (LinkDays, LifetimeUnit.Days);
        });
    }

    private async Task<Order?> PlacedAsync()
    {
        var guid = _cookies.GetAllCookies().FirstOrDefault(cookie => cookie.Name == WorkContext.CustomerCookie)?.Value;
        return await host.Database.FirstOrDefaultAsync<Customer>(customer => customer.CustomerGuid.ToString() == guid) is { } customer
            ? await host.Database.FirstOrDefaultAsync<Order>(order => order.CustomerId == customer.Id)
            : null;
    }

    private bool IsLink(string location)
    {
        if (location.Split('/') is not [.., "pay", var session, _])
            return false;
        if (!Purchase.Links.Contains(session))
            Purchase.Links.Add(session);
        return true;
    }

    private void Tell(string line) => _told.Add(string.Create(CultureInfo.InvariantCulture, $"{host.Time.Now:dd HH:mm:ss}  {line}"));
}
