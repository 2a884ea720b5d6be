using Microsoft.Extensions.DependencyInjection;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>Registers the services of this module.</summary>
internal static class SavedCardsServices
{
    /// <summary>Registers everything about the cards that MultiSafepay keeps for customers.</summary>
    public static IServiceCollection AddSavedCards(this IServiceCollection services)
    {
        services.AddSingleton<SavedCardSource>();
        services.AddScoped<CustomerReferences>();
        services.AddScoped<SavedCardReader>();
        services.AddScoped<CustomerCards>();
        services.AddScoped<CustomerCardEraser>();
        return services;
    }
}
