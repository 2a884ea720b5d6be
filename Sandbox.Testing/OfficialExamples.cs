using System.Text.Json.Nodes;

namespace Sandbox.Testing;

/// <summary>MultiSafepay's own examples, as its documentation publishes them (OfficialExamples/README.md).</summary>
public static class OfficialExamples
{
    /// <summary>The worked example of a signed notification.</summary>
    public static class Notification
    {
        public const string ApiKey = "8HHhGgRWrA3O7NswjmgwyH7buPPCGnR5AkwAQyqI";
        public const string Timestamp = "1641218884";
        public const string Signature = "06cbf226e7c873eff96921d7fde3998eb6be0de7915ee1c1b5149511fca82e26bb0ab2e6d0e0ad997cbab151e4ba5615418d8e12528301726143ed1146287f93";

        public static byte[] Body { get; } = File.ReadAllBytes(PathOf("multisafepay-notification-vector.json"));

        public static DateTimeOffset SignedAt => DateTimeOffset.FromUnixTimeSeconds(1641218884);
    }

    public static byte[] Response(string name) => File.ReadAllBytes(PathOf("responses", name + ".json"));

    /// <summary>What an example response wraps in <c>data</c>.</summary>
    public static byte[] Data(string name) =>
        System.Text.Encoding.UTF8.GetBytes(JsonNode.Parse(Response(name))!["data"]!.ToJsonString());

    public static byte[] Request(string folder, string name) => File.ReadAllBytes(PathOf("requests", folder, name + ".json"));

    public static IEnumerable<string> RequestNames(string folder) =>
        Directory.EnumerateFiles(PathOf("requests", folder), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    private static string PathOf(params string[] parts) => Path.Combine([AppContext.BaseDirectory, nameof(OfficialExamples), .. parts]);
}
