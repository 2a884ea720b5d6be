using System.Reflection;
using Nop.Core;

namespace Nop.Plugin.Payments.MultiSafepay;

/// <summary>The running versions of nopCommerce and of the plugin.</summary>
internal static class PluginVersions
{
    /// <summary>
    /// The version of nopCommerce. It is read at run time, because the compiler would inline the constant of the version that the plugin was built against.
    /// </summary>
    public static string? Shop { get; } =
        (typeof(NopVersion).GetField("FULL_VERSION") ?? typeof(NopVersion).GetField(nameof(NopVersion.CURRENT_VERSION)))?.GetRawConstantValue() as string;

    /// <summary>The plugin's version.</summary>
    public static string Plugin { get; } =
        typeof(PluginVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? string.Empty;
}
