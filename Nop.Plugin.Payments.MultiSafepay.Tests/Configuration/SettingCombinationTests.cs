using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Services.Configuration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>Settings that do not go together are refused beside the field, by what will hold for the store, wherever it comes from.</summary>
[TestFixture]
internal sealed partial class SettingCombinationTests : ConfigurationFixture
{
    [TestCase("LinkLifetime=47 LinkLifetimeUnitId=1 SecondChance=true", "SecondChance")]
    [TestCase("LinkLifetime=48 LinkLifetimeUnitId=1 SecondChance=true", "")]
    [TestCase("LinkLifetime=1 LinkLifetimeUnitId=0 SecondChance=true", "SecondChance")]
    [TestCase("LinkLifetime=2 LinkLifetimeUnitId=0 SecondChance=true", "")]
    [TestCase("LinkLifetime=2879 LinkLifetimeUnitId=2 SecondChance=true", "SecondChance")]
    [TestCase("LinkLifetime=5 LinkLifetimeUnitId=2 SecondChance=false", "")]
    [TestCase("LinkLifetime=0 LinkLifetimeUnitId=0 SecondChance=true", "LinkLifetime")]
    [TestCase("LinkLifetime=30 GroupCards=true ManualCaptureVisa=true ManualCaptureMaestro=true", "ManualCaptureVisa ManualCaptureMaestro")]
    [TestCase("LinkLifetime=30 HostedPageOnly=true ManualCaptureMastercard=true", "ManualCaptureMastercard")]
    [TestCase("LinkLifetime=30 ManualCaptureVisa=true ManualCaptureMastercard=true ManualCaptureMaestro=true", "")]
    [TestCase("LinkLifetime=30 GroupCards=true HostedPageOnly=true CaptureOnShipment=true", "")]
    public async Task Conflicting_settings_are_rejected(string form, string refused)
    {
        var answer = await Browser.SendFromAsync(Page, Page, Fields(form));
        Assert.That(Refused(answer.Text), Is.EquivalentTo(refused.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(answer.Status, Is.EqualTo(refused.Length == 0 ? HttpStatusCode.Redirect : HttpStatusCode.OK));
    }

    [TestCase("GroupCards=true", "ManualCaptureVisa=true ManualCaptureVisa_OverrideForStore=true", "ManualCaptureVisa")]
    [TestCase("GroupCards=false", "ManualCaptureVisa=true ManualCaptureVisa_OverrideForStore=true", "")]
    [TestCase("GroupCards=true", "ManualCaptureVisa=true ManualCaptureVisa_OverrideForStore=true GroupCards=false GroupCards_OverrideForStore=true", "")]
    [TestCase("ManualCaptureVisa=true", "GroupCards=true GroupCards_OverrideForStore=true", "ManualCaptureVisa")]
    [TestCase("ManualCaptureVisa=true", "HostedPageOnly=true", "", Description = "a box that is not ticked makes it a value that is not saved")]
    [TestCase("LinkLifetime=1", "SecondChance=true SecondChance_OverrideForStore=true", "SecondChance")]
    [TestCase("SecondChance=true", "LinkLifetime=5 LinkLifetime_OverrideForStore=true LinkLifetimeUnitId=2 LinkLifetimeUnitId_OverrideForStore=true", "SecondChance")]
    public async Task A_store_is_validated_by_its_own_values_combined_with_inherited_ones(string shared, string form, string refused)
    {
        await Browser.PostFromAsync(Page, Page, [.. Fields(shared), .. shared.Contains("LinkLifetime", StringComparison.Ordinal) ? [] : Fields("LinkLifetime=30")]);
        await ChooseStoreAsync(2);
        var answer = await Browser.SendFromAsync(Page, Page, Fields(form));
        Assert.That(Refused(answer.Text), Is.EquivalentTo(refused.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        var isSaved = await Shop.InScopeAsync(services => services.GetRequiredService<ISettingService>().SettingExistsAsync(new MultiSafepaySettings(), settings => settings.ManualCaptureVisa, 2));
        Assert.That(isSaved, Is.EqualTo(refused.Length == 0 && form.Contains("ManualCaptureVisa_Override", StringComparison.Ordinal)));
        await Shop.InScopeAsync(services => services.GetRequiredService<ISettingService>().DeleteSettingAsync(new MultiSafepaySettings(), settings => settings.ManualCaptureVisa, 2));
    }

    private static (string, string)[] Fields(string form) => [.. form.Split(' ').Select(field => field.Split('=')).Select(parts => (parts[0], parts[1]))];

    private static IEnumerable<string> Refused(string page) => Message().Matches(page).Select(match => match.Groups["field"].Value);

    [GeneratedRegex("""<span class="[^"]*field-validation-error"[^>]*data-valmsg-for="(?<field>[^"]+)""")]
    private static partial Regex Message();
}
