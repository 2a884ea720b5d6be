using Microsoft.AspNetCore.Mvc.ModelBinding;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>
/// Refuses what each setting allows by itself and two of them together do not. It looks at what will hold for the store: in a store scope, some of it comes from the
/// settings of all stores and is not on the page that was sent, so that the rules of <see cref="ConfigurationValidator"/> cannot see it.
/// </summary>
public class SettingCombinations(ConfigurationTexts texts)
{
    /// <summary>Tells what is wrong beside the field.</summary>
    /// <param name="model">The page, with the values that a store takes over filled in.</param>
    /// <param name="found">Where to tell it.</param>
    public async Task RefuseAsync(ConfigurationModel model, ModelStateDictionary found)
    {
        var lifetime = new PaymentLinkLifetime(model.LinkLifetime, (LifetimeUnit)model.LinkLifetimeUnitId);
        if (model.SecondChance && lifetime.IsValid && lifetime.Duration < PaymentLinkLifetime.ShortestWithReminders)
            found.AddModelError(nameof(model.SecondChance), await texts.TextAsync("Validation.SecondChance"));

        // A card is captured by hand only where its brand was chosen in the shop. Otherwise the money would come at once, against the owner's choice.
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
