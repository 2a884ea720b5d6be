namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>What nopCommerce itself showed to others in one version: TestData/nopcommerce-*.txt.</summary>
internal sealed class RecordedApi
{
    private readonly Dictionary<string, ApiLine> _lines;
    private readonly ILookup<string, ApiLine> _members;

    public RecordedApi(IEnumerable<ApiLine> lines)
    {
        _lines = lines.ToDictionary(line => line.Id);
        _members = _lines.Values.Where(line => !line.IsType).ToLookup(line => line.DeclaringType);
    }

    public IEnumerable<ApiLine> Types => _lines.Values.Where(line => line.IsType);

    /// <summary>The files of all versions.</summary>
    public static IReadOnlyList<string> Files => FilesOf("*");

    public static RecordedApi Load(string nopVersion) => new(File.ReadLines(FilesOf($"{nopVersion}.*").Single()).Select(ApiLine.Parse));

    private static string[] FilesOf(string version) => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Contracts", "TestData"), $"nopcommerce-{version}.txt");

    public ApiLine? Find(string id) => _lines.GetValueOrDefault(id);

    public IEnumerable<ApiLine> MembersOf(string type) => _members[type];

    /// <summary>The type and everything it derives from, as far as recorded.</summary>
    public IEnumerable<string> WithBases(string type)
    {
        if (Find("T:" + type) is not { } line)
            return [];

        var bases = SignatureText.SplitList(line.Text[(line.Text.IndexOf(':') + 1)..]);

        return bases.SelectMany(parent => WithBases(SignatureText.OpenTypeId(parent))).Prepend(type);
    }
}
