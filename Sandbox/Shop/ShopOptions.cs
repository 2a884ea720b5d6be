using Sandbox.Shop.Data;
using Sandbox.Shop.Hosting;

namespace Sandbox.Shop;

/// <summary>How a shop is built. Every value has a default that works; tests choose port 0, their own clock, and share a database between two shops.</summary>
public sealed record ShopOptions
{
    /// <summary>The made-up API key that the simulator starts with, so that both work together at once.</summary>
    public const string DefaultApiKey = "sandbox-test-key-0000000000000000000000";

    public const int DefaultPort = 5080;

    /// <summary>Where the shop listens. For port 0 name an address, not <c>localhost</c>: <c>http://127.0.0.1:0</c>.</summary>
    public string Url { get; init; } = $"http://localhost:{DefaultPort}";

    /// <summary>Base URL of the MultiSafepay API that the plugin talks to (the simulator's, ending in <c>/v1/json/</c>); null for the real one.</summary>
    public string? ApiUrl { get; init; }

    /// <summary>The API key the plugin is configured with when it is installed; null leaves it unconfigured.</summary>
    public string? ApiKey { get; init; } = DefaultApiKey;

    /// <summary>The first store's public URL; null takes the address the shop listens on.</summary>
    public string? StoreUrl { get; init; }

    /// <summary>A virtual directory, such as <c>/shop</c>.</summary>
    public string PathBase { get; init; } = "";

    /// <summary>Puts the language in front of the path of the customer's pages, such as <c>/nl/cart</c>. Plugins choose for themselves whether their routes have it.</summary>
    public bool LanguageInUrl { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The database; two shops with the same one are two nodes of one web farm.</summary>
    public ShopDatabase Database { get; init; } = new();

    /// <summary>Whether the nodes share their locks, as with a distributed cache. Otherwise, each node has its own, as in a web farm without one.</summary>
    public bool SharedLocks { get; init; } = true;

    /// <summary>The plugins; null takes MultiSafepay's.</summary>
    public IReadOnlyList<PluginSource>? Plugins { get; init; }

    /// <summary>Runs the scheduled tasks when they are due; otherwise only "run now" in the admin pages runs them.</summary>
    public bool RunScheduledTasks { get; init; }

    /// <summary>More configuration, as appsettings.json would hold it.</summary>
    public IReadOnlyDictionary<string, string?> Configuration { get; init; } = new Dictionary<string, string?>();

    /// <summary>Replaces or adds services after all others.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }

    /// <summary>The least important line the console shows.</summary>
    public LogLevel ConsoleLevel { get; init; } = LogLevel.Warning;
}
