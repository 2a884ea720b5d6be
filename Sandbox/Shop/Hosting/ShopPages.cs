using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Razor.RuntimeCompilation;

namespace Sandbox.Shop.Hosting;

/// <summary>MVC as nopCommerce sets it up for plugins: their controllers, their views compiled at run time, their validators.</summary>
internal static class ShopPages
{
    public static void AddShopPages(this IServiceCollection services, PluginCatalogue plugins)
    {
        var mvc = services.AddControllersWithViews(options => options.Filters.Add<FluentValidationFilter>());
        mvc.ConfigureApplicationPartManager(manager =>
        {
            var shop = typeof(ShopPages).Assembly;
            manager.ApplicationParts.Clear();
            manager.ApplicationParts.Add(new ShopPart(shop));
            manager.ApplicationParts.Add(new CompiledRazorAssemblyPart(shop));
            foreach (var assembly in plugins.All.SelectMany(plugin => plugin.Types).Select(type => type.Assembly).Distinct())
                manager.ApplicationParts.Add(new PluginPart(assembly));
            manager.FeatureProviders.Remove(manager.FeatureProviders.OfType<ControllerFeatureProvider>().Single());
            manager.FeatureProviders.Add(new ShopControllers(plugins));
        });
        mvc.AddRazorRuntimeCompilation();
        services.AddRouting(options => options.ConstraintMap[LanguageInLinks.Name] = typeof(LanguageInLinks));
        services.AddOptions<MvcRazorRuntimeCompilationOptions>().Configure<PluginFiles>((options, files) =>
        {
            options.FileProviders.Clear();
            options.FileProviders.Add(files);
        });
        services.Configure<RazorViewEngineOptions>(options =>
        {
            options.AreaViewLocationFormats.Insert(0, "/Views/{2}/{1}/{0}.cshtml");
            options.AreaViewLocationFormats.Insert(1, "/Views/{2}/Shared/{0}.cshtml");
        });
    }

    /// <summary>The shop's own assembly; it also names what plugin views are compiled against: everything that is loaded with the process.</summary>
    private sealed class ShopPart(Assembly assembly) : AssemblyPart(assembly), ICompilationReferencesProvider
    {
        public IEnumerable<string> GetReferencePaths() =>
            ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A plugin's assembly, which the shop's references include already.</summary>
    private sealed class PluginPart(Assembly assembly) : AssemblyPart(assembly), ICompilationReferencesProvider
    {
        public IEnumerable<string> GetReferencePaths() => [];
    }

    /// <summary>The shop's controllers and those of the plugins, and no others that lie in the same assemblies.</summary>
    private sealed class ShopControllers(PluginCatalogue plugins) : ControllerFeatureProvider
    {
        private readonly HashSet<Type> _plugins = [.. plugins.All.SelectMany(plugin => plugin.Types)];

        protected override bool IsController(TypeInfo typeInfo) => _plugins.Contains(typeInfo)
            ? base.IsController(typeInfo)
            : typeInfo is { IsAbstract: false } && typeInfo.IsAssignableTo(typeof(Controller)) && (typeInfo.Namespace ?? "").StartsWith("Sandbox.Shop.", StringComparison.Ordinal);
    }
}
