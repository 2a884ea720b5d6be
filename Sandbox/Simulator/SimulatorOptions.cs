namespace Sandbox.Simulator;

/// <summary>Which of MultiSafepay's two environments a site's key belongs to.</summary>
public enum SiteEnvironment
{
    Test,
    Live,
}

/// <summary>A website in a MultiSafepay account: its id, its API key (made up) and the webhook endpoint set for the whole site, if any.</summary>
public sealed record SimulatorSite(int SiteId, string ApiKey, SiteEnvironment Environment = SiteEnvironment.Test)
{
    /// <summary>The key; a new one takes the old one's place for calls and for notifications that arise from then on.</summary>
    public string ApiKey { get; set; } = ApiKey;

    public int AccountId { get; init; } = 10000001;

    /// <summary>Used when an order brings no notification_url of its own.</summary>
    public string? NotificationUrl { get; init; }

    public override string ToString() => $"site {SiteId} ({Environment})";
}

/// <summary>How the simulator behaves; the defaults suit a shop on the same machine.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The made-up API key of the site that is there unless others are named. The shop of the sandbox starts with the same one.</summary>
    public const string DefaultApiKey = "sandbox-test-key-0000000000000000000000";

    public const int DefaultPort = 5090;

    /// <summary>0 takes any free port; read <c>app.Urls</c> after the start.</summary>
    public int Port { get; init; } = DefaultPort;

    public IReadOnlyList<SimulatorSite> Sites { get; init; } = [new SimulatorSite(1001, DefaultApiKey)];

    /// <summary>MultiSafepay waits 15 minutes before it sends an unacknowledged notification again.</summary>
    public TimeSpan ResendInterval { get; init; } = TimeSpan.FromMinutes(15);

    public int Resends { get; init; } = 3;

    /// <summary>How long a shop may take to answer a notification.</summary>
    public TimeSpan NotificationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Accepts http and a port in the URLs of a shop on this machine; off, the real rule applies: https and no port.</summary>
    public bool AllowLoopbackUrls { get; init; } = true;

    /// <summary>Off, notifications go to loopback addresses only, so that a stray URL never leaves this machine.</summary>
    public bool NotifyAnywhere { get; init; }

    /// <summary>Carries the notifications; null: sockets.</summary>
    public HttpMessageHandler? NotificationHandler { get; init; }

    /// <summary>Replaces or adds services after all others.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }

    /// <summary>Every refund waits in the state "reserved" until it is accepted, as in MultiSafepay's test environment.</summary>
    public bool ReserveRefunds { get; init; }

    /// <summary>The recurring models that MultiSafepay has activated in the accounts: cardOnFile, subscription, unscheduled.</summary>
    public IReadOnlyList<string> RecurringModels { get; init; } = [];

    /// <summary>How often the clock looks for sessions, transactions and authorisations whose time is up.</summary>
    public TimeSpan ExpirySweep { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The oldest orders are forgotten beyond this number.</summary>
    public int MaxOrders { get; init; } = 1000;

    /// <summary>The oldest recorded API requests are forgotten beyond this number.</summary>
    public int MaxRequests { get; init; } = 500;

    /// <summary>Where the overview page links to, if a shop runs beside the simulator.</summary>
    public string? ShopUrl { get; init; }
}
