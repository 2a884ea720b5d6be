using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>The built plugins find in nopCommerce everything that they look for.</summary>
[TestFixtureSource(typeof(Flavour), nameof(Flavour.Versions))]
internal sealed class PluginBindingTests(string nopVersion)
{
    private readonly Flavour _flavour = Flavour.Get(nopVersion);

    [Test]
    public void The_plugin_binds_to_nopCommerce()
    {
        using var plugin = new AssemblyReferences(File.OpenRead(_flavour.Plugin));

        Assert.That(plugin.Members().Count(member => member.Type.Assembly.StartsWith("Nop.", StringComparison.Ordinal)), Is.GreaterThan(100));
        Assert.That(BindingCheck.Problems(plugin, _flavour.Recorded, _flavour.Declared), Is.Empty);
    }

    [Test]
    public void The_plugin_references_the_assemblies_of_this_version()
    {
        using var plugin = new AssemblyReferences(File.OpenRead(_flavour.Plugin));
        var wanted = plugin.Assemblies().Where(assembly => assembly.Name.StartsWith("Nop.", StringComparison.Ordinal));

        Assert.That(wanted, Is.EquivalentTo(Flavour.ContractNames.Select(name => (name, Version.Parse(nopVersion + ".0.0")))));
    }

    /// <summary>Every kind of use that the check knows, compiled against the Contracts as they are: nothing to complain of.</summary>
    [Test]
    public void A_valid_sample_has_no_binding_problems()
    {
        var problems = Check(Sample, _flavour.ContractReferences);

        Assert.That(problems, Is.Empty);
    }

    /// <summary>The same kinds of use, compiled against assemblies that are not quite nopCommerce's.</summary>
    [TestCase("public class Forged;", "new Forged();", "There is no type Nop.Core.Forged")]
    [TestCase("public class WebHelper;", "new WebHelper();", "There is no type Nop.Core.WebHelper")]
    [TestCase("public class NopException(int code) : System.Exception;", "new NopException(1);", "Nop.Core.NopException has no .ctor(System.Int32) returning System.Void")]
    [TestCase("public interface IStoreContext { int GetCurrentStoreAsync(); }", "((IStoreContext)null).GetCurrentStoreAsync();",
        "M:Nop.Core.IStoreContext.GetCurrentStoreAsync is of type System.Threading.Tasks.Task<Nop.Core.Domain.Stores.Store>, not System.Int32")]
    [TestCase("public interface IStoreContext { string GetCurrentStoreAsync(bool isShown); }", "((IStoreContext)null).GetCurrentStoreAsync(true);",
        "Nop.Core.IStoreContext has no GetCurrentStoreAsync(System.Boolean) returning System.String")]
    [TestCase("public class IStoreContext { public static string GetCurrentStoreAsync() => null; }", "IStoreContext.GetCurrentStoreAsync();",
        "M:Nop.Core.IStoreContext.GetCurrentStoreAsync is not static")]
    [TestCase("public class BaseEntity { public long Id { get; set; } }", "_ = new BaseEntity().Id;", "P:Nop.Core.BaseEntity.Id is of type System.Int32, not System.Int64")]
    [TestCase("public class BaseEntity { public long Id { get; set; } }", "new BaseEntity().Id = 1;", "P:Nop.Core.BaseEntity.Id is of type System.Int32, not System.Void")]
    [TestCase("public class BaseEntity { public int Id; }", "_ = new BaseEntity().Id;", "Nop.Core.BaseEntity has no field Id")]
    [TestCase("public interface IPagedList<T> { T this[int i] { get; } }", "_ = ((IPagedList<int>)null)[0];",
        "Nop.Core.IPagedList`1 has no get_Item(System.Int32) returning `0")]
    [TestCase("public interface IStoreContext { }", "new Mine(); } class Mine : IStoreContext { ",
        "Nop.Core.IStoreContext wants M:Nop.Core.IStoreContext.GetCurrentStoreAsync, which the Contracts do not declare")]
    public void A_difference_from_the_recorded_API_is_detected(string declaration, string use, string expected)
    {
        var forged = _flavour.Compile("Nop.Core", $"namespace Nop.Core {{ {declaration} }}");
        var declared = ApiLines.Read([forged.ToMetadataReference()], _flavour.Framework);
        var problems = Check($"using Nop.Core; class Sample {{ void Use() {{ {use} }} }}", [forged.EmitToImageReference()], declared);

        Assert.That(problems, Has.Member(expected));
    }

    [Test]
    public void A_type_in_the_wrong_assembly_is_detected()
    {
        var forged = _flavour.Compile("Nop.Services", "namespace Nop.Core { public class NopException; }");
        var problems = Check("class Sample : Nop.Core.NopException;", [forged.EmitToImageReference()]);

        Assert.That(problems, Has.Member("Nop.Core.NopException is in Nop.Core, not in Nop.Services"));
    }

    private IReadOnlyList<string> Check(string source, IEnumerable<MetadataReference> references, IReadOnlyCollection<ApiLine>? declared = null)
    {
        using var assembly = new AssemblyReferences(_flavour.Compile("Sample", source, references).EmitToStream());

        return BindingCheck.Problems(assembly, _flavour.Recorded, declared ?? _flavour.Declared);
    }

    private const string Sample = """
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Routing;
        using Nop.Core;
        using Nop.Core.Configuration;
        using Nop.Core.Domain.Orders;
        using Nop.Services.Configuration;
        using Nop.Services.Events;
        using Nop.Services.Orders;
        using Nop.Services.Payments;
        using Nop.Web.Framework.Models;
        using Nop.Web.Framework.Mvc.Filters;
        using Nop.Web.Framework.Mvc.Routing;

        public record Model : BaseNopModel;
        public class Settings : ISettings;
        public class Routes : IRouteProvider
        {
            public int Priority => 0;
            public void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder) { }
        }
        public class Consumer : IConsumer<OrderPaidEvent>
        {
            public Task HandleEventAsync(OrderPaidEvent eventMessage) => Task.CompletedTask;
        }
        public class Use
        {
            [CheckPermission("x", CheckPermissionAttribute.CheckPermissionResultType.Json)]
            public async Task<object> All(ISettingService settings, IOrderService orders, IOrderTotalCalculationService totals, ProcessPaymentRequest request)
            {
                var page = await orders.SearchOrdersAsync(psIds: [1]);
                var order = page[0];
                order.PaidDateUtc = DateTime.UtcNow;
                request.CustomValues["name"] = "value";
                var result = new RefundPaymentResult();
                result.AddError("error");
                var total = await totals.GetShoppingCartTotalAsync([]);
                await settings.SettingExistsAsync(await settings.LoadSettingAsync<Settings>(1), x => x.ToString(), 1);
                return (new Model() with { }, page.TotalPages, total.redeemedRewardPoints, result.Errors, new NopException("text"));
            }
        }
        """;
}
