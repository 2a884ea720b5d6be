using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;

namespace Sandbox.Shop.Hosting;

/// <summary>Shows the plugins' folders where nopCommerce has them: /Plugins/{system name}/….</summary>
internal sealed class PluginFiles(PluginCatalogue plugins) : IFileProvider
{
    private const string Root = "Plugins";

    /// <summary>What the shop hands to browsers from a plugin's folder: nopCommerce serves the whole folder for a list of file types.</summary>
    private static readonly HashSet<string> _servedTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ".css", ".js", ".svg", ".png", ".jpg", ".gif", ".webp", ".ico", ".woff2", ".map",
    };

    public IFileInfo GetFileInfo(string subpath)
    {
        var parts = subpath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || parts[0] != Root || parts.Contains("..") || plugins.Find(parts[1]) is not { } plugin)
            return new NotFoundFileInfo(subpath);
        var file = new FileInfo(Path.Combine([plugin.Folder, .. parts[2..]]));
        return file.Exists ? new PhysicalFileInfo(file) : new NotFoundFileInfo(subpath);
    }

    /// <summary>The file if a browser may have it; the folder of a development build holds more than a plugin's, so only its logo and Content.</summary>
    public IFileInfo? FindServed(string systemName, string path)
    {
        if (!path.StartsWith("Content/", StringComparison.OrdinalIgnoreCase) && !path.StartsWith("logo.", StringComparison.OrdinalIgnoreCase))
            return null;
        return _servedTypes.Contains(Path.GetExtension(path)) && GetFileInfo($"{Root}/{systemName}/{path}") is { Exists: true } file ? file : null;
    }

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;
}
