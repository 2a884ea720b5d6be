using System.Reflection;
using Nop.Core;

namespace Nop.Plugin.Payments.MultiSafepay;

/// <summary>The versions of the shop and of the plugin, as they run.</summary>
internal static class PluginVersions
{
    /// <summary>
    /// nopCommerce's version. It is read from the running shop: a constant would be compiled in, and would name the version that the plugin was built against.
    /// </summary>
    public static string? Shop { get; } =
        (typeof(NopVersion).GetField("FULL_VERSION") ?? typeof(NopVersion).GetField(nameof(NopVersion.CURRENT_VERSION)))?.GetRawConstantValue() as string;

    /// <summary>The plugin's version.</summary>
    public static string Plugin { get; } =
        typeof(PluginVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? string.Empty;
}
