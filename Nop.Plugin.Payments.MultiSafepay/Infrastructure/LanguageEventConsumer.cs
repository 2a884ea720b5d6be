using Nop.Core.Caching;
using Nop.Core.Domain.Localization;
using Nop.Core.Events;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Hears that the shop has a new language. It would show the names of the plugin's texts instead of the texts.</summary>
public class LanguageEventConsumer(TextInstaller textInstaller, IStaticCacheManager staticCacheManager) : IConsumer<EntityInsertedEvent<Language>>
{
    /// <inheritdoc/>
    public async Task HandleEventAsync(EntityInsertedEvent<Language> eventMessage)
    {
        // nopCommerce writes texts for the languages of its cached list only, and may hear of the new one after this plugin does.
        await staticCacheManager.RemoveByPrefixAsync(NopEntityCacheDefaults<Language>.AllPrefix);
        await textInstaller.AddMissingAsync(eventMessage.Entity);
    }
}
