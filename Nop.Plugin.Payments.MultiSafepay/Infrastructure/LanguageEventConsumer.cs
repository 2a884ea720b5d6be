using Nop.Core.Domain.Localization;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Localization;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Hears that the shop has a new language. It would show the names of the plugin's texts instead of the texts.</summary>
public class LanguageEventConsumer(TextInstaller textInstaller) : IConsumer<EntityInsertedEvent<Language>>
{
    /// <inheritdoc/>
    public Task HandleEventAsync(EntityInsertedEvent<Language> eventMessage) => textInstaller.AddMissingAsync(eventMessage.Entity);
}
