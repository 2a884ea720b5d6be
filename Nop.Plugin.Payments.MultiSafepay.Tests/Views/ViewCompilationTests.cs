using Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Views;

/// <summary>The views compile in every shop: nopCommerce compiles them on the first request only, where nobody looks.</summary>
[TestFixtureSource(typeof(Flavour), nameof(Flavour.Versions))]
internal sealed class ViewCompilationTests(string nopVersion)
{
    private static readonly string _views = Path.Combine(AppContext.BaseDirectory, "plugin-views");

    private readonly ViewCompiler _compiler = new(Flavour.Get(nopVersion));

    private static IEnumerable<string> Views()
        => Directory.GetFiles(_views, "*.cshtml", SearchOption.AllDirectories)
            .Select(path => "/" + Path.GetRelativePath(_views, path).Replace('\\', '/'))
            .Where(path => !path.EndsWith("/_ViewImports.cshtml", StringComparison.Ordinal));

    [TestCaseSource(nameof(Views))]
    public void Each_view_compiles(string path) => Assert.That(_compiler.Problems(_views, path), Is.Empty);

    [TestCase("", TestName = "{m}(nothing)")]
    [TestCase("""<nop-label asp-for="Id" /><nop-editor asp-for="Id" asp-required="true" /><input asp-for="Id" />""")]
    [TestCase("""<nop-card asp-name="a" asp-title="@T("b")" asp-icon="c" asp-hide="false" asp-hide-block-attribute-name="d">@Model.Id</nop-card>""")]
    [TestCase("@await Component.InvokeAsync(typeof(Nop.Web.Areas.Admin.Components.StoreScopeConfigurationViewComponent))")]
    public void A_valid_view_compiles(string content) => Assert.That(ProblemsOf(content), Is.Empty);

    [TestCase("@Model.Price", "CS1061")]
    [TestCase("""<nop-editor asp-for="Price" />""", "CS1061")]
    [TestCase("""<nop-editor asp-for="Id" asp-requird="true" />""", "asp-requird= is no tag helper")]
    [TestCase("""<nop-editor asp-for="Id" asp-requird="@Model.Id" />""", "asp-requird= is no tag helper")]
    [TestCase("""<div asp-fro="Id"></div>""", "asp-fro= is no tag helper")]
    [TestCase("""<div asp-fro="@Model.Id"></div>""", "asp-fro= is no tag helper")]
    [TestCase("""<nop-edit asp-for="Id" />""", "<nop-edit is no tag helper")]
    [TestCase("""<nop-card asp-name="a" asp-hide="@Model.Id">b</nop-card>""", "CS0029")]
    [TestCase("@await Component.InvokeAsync(typeof(Nop.Web.Areas.Admin.Components.NoSuchViewComponent))", "CS0234")]
    [TestCase("@{ var text = \"\"\"raw\"\"\"; }", "CS8936")]
    [TestCase("@{ int[] numbers = [1]; }", "CS8936")]
    [TestCase("@if (new int[0] is []) { }", "CS8936")]
    [TestCase("@if (Model.Id > 0) { <p>", "RZ1006")]
    public void An_invalid_view_does_not_compile(string content, string expected) => Assert.That(ProblemsOf(content), Has.Some.Contains(expected));

    private IReadOnlyList<string> ProblemsOf(string content)
    {
        var folder = Directory.CreateTempSubdirectory("views");

        try
        {
            File.Copy(Path.Combine(_views, "_ViewImports.cshtml"), Path.Combine(folder.FullName, "_ViewImports.cshtml"));
            File.WriteAllText(Path.Combine(folder.FullName, "Sample.cshtml"), "@model Nop.Web.Framework.Models.BaseNopEntityModel\n" + content);

            return _compiler.Problems(folder.FullName, "/Sample.cshtml");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
