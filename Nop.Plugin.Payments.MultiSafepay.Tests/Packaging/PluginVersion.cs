using System.Text.Json;
using System.Xml.Linq;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Packaging;

/// <summary>Where the plugin's version stands.</summary>
internal static class PluginVersion
{
    /// <summary>What the build stamps.</summary>
    public static string OfBuild { get; } =
        XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("PluginVersion").Single().Value;

    /// <summary>What the repository's plugin.json says.</summary>
    public static string OfDescription { get; } =
        JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("plugin.json"))).RootElement.GetProperty("Version").GetString()!;
}
