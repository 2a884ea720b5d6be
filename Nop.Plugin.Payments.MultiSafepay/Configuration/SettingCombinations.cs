using Microsoft.AspNetCore.Mvc.ModelBinding;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>
/// Rejects combinations of settings that are valid by themselves but not together. It checks the values that will apply to the store, some of which may come from the
/// settings of all stores and are not in the posted form, so the rules of <see cref="ConfigurationValidator"/> cannot check them.
/// </summary>
public class SettingCombinations(ConfigurationTexts texts)
{
    /// <summary>Adds an error to the field of each invalid combination.</summary>
    /// <param name="model">The page, including the values that the store takes over from all stores.</param>
    /// <param name="found">Receives the errors.</param>
    public async Task RefuseAsync(ConfigurationModel model, ModelStateDictionary found)
    {
        var lifetime = new PaymentLinkLifetime(model.LinkLifetime, (LifetimeUnit)model.LinkLifetimeUnitId);
        if (model.SecondChance && lifetime.IsValid && lifetime.Duration < PaymentLinkLifetime.ShortestWithReminders)
            found.AddModelError(nameof(model.SecondChance), await texts.TextAsync("Validation.SecondChance"));

        // Manual capture requires that the card brand is chosen in the shop. Otherwise the card would be charged at once, contrary to the owner's setting.
        if (!model.GroupCards && !model.HostedPageOnly)
            return;
        (string Name, bool ByHand)[] cards =
        [
            (nameof(model.ManualCaptureVisa), model.ManualCaptureVisa),
            (nameof(model.ManualCaptureMastercard), model.ManualCaptureMastercard),
            (nameof(model.ManualCaptureMaestro), model.ManualCaptureMaestro)
        ];
        foreach (var (name, _) in cards.Where(card => card.ByHand))
            found.AddModelError(name, await texts.TextAsync("Validation.ManualCapture"));
    }
}
