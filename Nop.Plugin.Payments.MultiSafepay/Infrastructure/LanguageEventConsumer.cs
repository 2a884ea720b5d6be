using Nop.Core.Caching;
using Nop.Core.Domain.Localization;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Installs the plugin's texts for a new language, which would show the resource keys otherwise.</summary>
public class LanguageEventConsumer(Deferred<TextInstaller> textInstaller, IStaticCacheManager staticCacheManager) : IConsumer<EntityInsertedEvent<Language>>
{
    /// <inheritdoc/>
    public async Task HandleEventAsync(EntityInsertedEvent<Language> eventMessage)
    {
        // nopCommerce writes texts only for the languages in its cache, which may be updated after this event handler has run.
        await staticCacheManager.RemoveByPrefixAsync(NopEntityCacheDefaults<Language>.AllPrefix);
        await textInstaller.Value.UpdateAsync(eventMessage.Entity);
    }
}
