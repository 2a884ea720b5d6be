using Microsoft.AspNetCore.Mvc.ModelBinding;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>
/// Rejects combinations of settings that are valid by themselves but not together, or not with the account. It checks the values that will apply to the store, some of which may come from
/// the settings of all stores and are not in the posted form, so the rules of <see cref="ConfigurationValidator"/> cannot check them.
/// </summary>
public class SettingCombinations(ConfigurationTexts texts, MethodCheck methodCheck, StoreSettings storeSettings)
{
    /// <summary>Adds an error to the field of each invalid combination.</summary>
    /// <param name="model">The page, including the values that the store takes over from all stores.</param>
    /// <param name="found">Receives the errors.</param>
    public async Task RefuseAsync(ConfigurationModel model, ModelStateDictionary found)
    {
        var lifetime = new PaymentLinkLifetime(model.LinkLifetime, (LifetimeUnit)model.LinkLifetimeUnitId);
        if (model.SecondChance && lifetime.IsValid && lifetime.Duration < PaymentLinkLifetime.ShortestWithReminders)
            found.AddModelError(nameof(model.SecondChance), await texts.TextAsync("Validation.SecondChance"));

        (string Name, string Gateway, bool ByHand)[] brands =
        [
            (nameof(model.ManualCaptureVisa), "VISA", model.ManualCaptureVisa),
            (nameof(model.ManualCaptureMastercard), "MASTERCARD", model.ManualCaptureMastercard),
            (nameof(model.ManualCaptureMaestro), "MAESTRO", model.ManualCaptureMaestro)
        ];
        var byHand = brands.Where(brand => brand.ByHand).Select(brand => (brand.Name, brand.Gateway))
            .Concat(model.Methods.Where(row => row is { CaptureByHand: true, Remove: false }).Select(row => (Name: nameof(model.Methods), row.Gateway)))
            .ToList();
        if (byHand.Count == 0)
            return;

        // Manual capture requires that the method is chosen in the shop. Otherwise the payment would be charged at once, contrary to the owner's setting.
        var known = await methodCheck.KnownAsync(model.ActiveStoreScopeConfiguration, await storeSettings.ForStoreAsync(model.ActiveStoreScopeConfiguration));
        foreach (var (name, gateway) in byHand)
        {
            if (model.HostedPageOnly || (model.GroupCards && ManualCaptureSupport.IsKnownBrand(gateway)))
                found.AddModelError(name, await texts.TextAsync("Validation.ManualCapture"));
            else if (known?.Find(gateway) is { } method && !ManualCaptureSupport.Allows(gateway, method.ManualCapture))
                found.AddModelError(name, await texts.FormatAsync("Validation.CaptureNotEnabled", MethodAvailability.NameOf(method)));
        }
    }
}
