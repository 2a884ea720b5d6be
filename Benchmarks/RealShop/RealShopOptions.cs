namespace Benchmarks.RealShop;

/// <summary>What <c>real-shop</c> is told on the command line (docs/benchmarks.md). The two shops are two processes on one database.</summary>
internal sealed record RealShopOptions
{
    /// <summary>The options, for the message about a wrong one.</summary>
    public const string Usage = """
        real-shop --with URL --without URL --admin EMAIL --password PASSWORD --order ID
          --with          the shop with the plugin              --without      the same shop without it: another process on the same database
          --admin         an administrator of the shop          --password     the password
          --steps         the address of a store of the shop with the plugin whose checkout has steps: measures that, too
          --order         an order paid with the plugin         --product      the path of a product that can be bought (htc-smartphone)
          --processes     the ids of the shops' processes, WITH,WITHOUT: measures their processor time, too
          --database-log  the log of all statements (PostgreSQL's log_statement = all, MariaDB's general log): counts reads and writes, too
          --simulator     the address of the simulator: counts what it is asked, too
          --start-with    a command that starts a shop with the plugin, --start-without one without, --start-url where it answers: measures the start, too
          --rounds        (15)        --requests     of each kind in a round (40)        --starts       of each kind (10)
        """;

    private readonly Dictionary<string, string> _values = [];

    private RealShopOptions(string[] arguments)
    {
        foreach (var pair in arguments.Chunk(2))
        {
            if (pair is not [['-', '-', .. var name], var value] || !Usage.Contains($"--{name} ", StringComparison.Ordinal) || !_values.TryAdd(name, value))
                throw new RealShopException($"{string.Join(' ', pair)}: not understood.\n{Usage}");
        }
    }

    public Uri With => new(Required("with"));

    public Uri Without => new(Required("without"));

    /// <summary>A store whose checkout has steps; null if not told.</summary>
    public Uri? Steps => Optional("steps") is { } url ? new Uri(url) : null;

    public string Admin => Required("admin");

    public string Password => Required("password");

    public string Order => Required("order");

    public string Product => _values.GetValueOrDefault("product", "htc-smartphone");

    /// <summary>The process of the shop with the plugin and of that without; null if not told.</summary>
    public (int With, int Without)? Processes => Optional("processes")?.Split(',') is { } ids ? ids is [var with, var without] ? (Number(with), Number(without))
        : throw new RealShopException("--processes takes two ids, WITH,WITHOUT.") : null;

    public string? DatabaseLog => Optional("database-log");

    public Uri? Simulator => Optional("simulator") is { } url ? new Uri(url) : null;

    /// <summary>The commands that start a shop with the plugin and one without, and where it answers; null if not told.</summary>
    public (string With, string Without, Uri Url)? Start =>
        Optional("start-with") is null && Optional("start-without") is null ? null : (Required("start-with"), Required("start-without"), new Uri(Required("start-url")));

    public int Rounds => Number(_values.GetValueOrDefault("rounds", "15"));

    public int Requests => Number(_values.GetValueOrDefault("requests", "40"));

    public int Starts => Number(_values.GetValueOrDefault("starts", "10"));

    /// <summary>Reads the command line.</summary>
    /// <exception cref="RealShopException">It is not understood, or something is missing.</exception>
    public static RealShopOptions Parse(string[] arguments)
    {
        var options = new RealShopOptions(arguments);
        _ = (options.With, options.Without, options.Admin, options.Password, options.Order, options.Processes, options.Start, options.Rounds, options.Requests, options.Starts);
        return options;
    }

    private string? Optional(string name) => _values.GetValueOrDefault(name);

    private string Required(string name) => Optional(name) ?? throw new RealShopException($"--{name} is missing.\n{Usage}");

    private static int Number(string text) => int.TryParse(text, out var number) && number > 0 ? number : throw new RealShopException($"{text} is not a number above 0.");
}

/// <summary>The shop is not as expected; the message says how.</summary>
internal sealed class RealShopException(string message) : Exception(message);
