using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Nop.Services.Plugins;

namespace Sandbox.Shop.Hosting;

/// <summary>A plugin as the shop finds it: its types, its description and the folder with its views.</summary>
public sealed class PluginSource
{
    private static readonly JsonSerializerOptions _json = new() { AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip };

    private PluginSource(PluginDescriptor descriptor, IReadOnlyList<Type> types, string folder)
    {
        Descriptor = descriptor;
        Types = types;
        Folder = folder;
        descriptor.PluginType = types.FirstOrDefault(type => type.IsAssignableTo(typeof(IPlugin)));
    }

    public PluginDescriptor Descriptor { get; }

    public IReadOnlyList<Type> Types { get; }

    /// <summary>The folder that nopCommerce would have under Plugins: plugin.json, logo, Views.</summary>
    public string Folder { get; }

    public string SystemName => Descriptor.SystemName;

    /// <summary>A plugin with its plugin.json beside its assembly.</summary>
    public static PluginSource FromAssembly(Assembly assembly)
    {
        var folder = Path.GetDirectoryName(assembly.Location)!;
        using var file = File.OpenRead(Path.Combine(folder, "plugin.json"));
        var descriptor = JsonSerializer.Deserialize<PluginJson>(file, _json)!.ToDescriptor();
        return new PluginSource(descriptor, [.. assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false })], folder);
    }

    /// <summary>A plugin in a folder, as it would lie below nopCommerce's Plugins.</summary>
    /// <exception cref="IOException">There is no plugin.json, or no such assembly.</exception>
    /// <exception cref="JsonException">plugin.json cannot be read.</exception>
    public static PluginSource FromFolder(string folder)
    {
        using var file = File.OpenRead(Path.Combine(folder, "plugin.json"));
        var name = JsonSerializer.Deserialize<PluginJson>(file, _json)?.FileName ?? throw new JsonException("plugin.json names no file.");
        // What it refers to is in the shop already.
        return FromAssembly(new AssemblyLoadContext(name).LoadFromAssemblyPath(Path.GetFullPath(Path.Combine(folder, name))));
    }

    /// <summary>A plugin of the given types only, without views; for tests.</summary>
    public static PluginSource From(string systemName, params Type[] types) =>
        new(new PluginDescriptor { SystemName = systemName, FriendlyName = systemName, Version = "1.0", Group = "Payment methods" }, types, AppContext.BaseDirectory);

    public IEnumerable<Type> TypesOf<T>() => Types.Where(type => type.IsAssignableTo(typeof(T)));

    /// <summary>plugin.json as far as the sandbox needs it.</summary>
    private sealed record PluginJson(string SystemName, string FriendlyName, string Version, string Group, string? Author, string? Description, int DisplayOrder,
        string? FileName, List<string>? SupportedVersions, List<int>? LimitedToStores, List<int>? LimitedToCustomerRoles)
    {
        public PluginDescriptor ToDescriptor() => new()
        {
            SystemName = SystemName,
            FriendlyName = FriendlyName,
            Version = Version,
            Group = Group,
            Author = Author,
            Description = Description,
            DisplayOrder = DisplayOrder,
            AssemblyFileName = FileName,
            SupportedVersions = SupportedVersions ?? [],
            LimitedToStores = LimitedToStores ?? [],
            LimitedToCustomerRoles = LimitedToCustomerRoles ?? [],
        };
    }
}
