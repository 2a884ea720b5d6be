using FluentValidation;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout;
using Nop.Services.Localization;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Refuses what cannot work, beside the field.</summary>
public class ConfigurationValidator : BaseNopValidator<ConfigurationModel>
{
    /// <summary>Builds the rules.</summary>
    public ConfigurationValidator(ILocalizationService localizationService, ShopUrls shopUrls)
    {
        RuleFor(model => model.EnvironmentId)
            .Must(id => Enum.IsDefined((MultiSafepayEnvironment)id))
            .WithMessageAwait(localizationService.GetResourceAsync(Key("Environment")));

        RuleFor(model => model.TestApiKey).Must(BeAKey).WithMessageAwait(localizationService.GetResourceAsync(Key("ApiKey")));
        RuleFor(model => model.LiveApiKey).Must(BeAKey).WithMessageAwait(localizationService.GetResourceAsync(Key("ApiKey")));
        RuleFor(model => model.LiveApiKey)
            .Must((model, key) => key!.Trim() != model.TestApiKey?.Trim())
            .When(model => !string.IsNullOrWhiteSpace(model.LiveApiKey))
            .WithMessageAwait(localizationService.GetResourceAsync(Key("SameApiKey")));

        RuleFor(model => model.ChargeCurrencyId)
            .Must(id => Enum.IsDefined((ChargeCurrency)id))
            .WithMessageAwait(localizationService.GetResourceAsync(Key("ChargeCurrency")));
        RuleFor(model => model.LinkLifetime)
            .Must((model, lifetime) => new PaymentLinkLifetime(lifetime, (LifetimeUnit)model.LinkLifetimeUnitId).IsValid)
            .WithMessageAwait(localizationService.GetResourceAsync(Key("LinkLifetime")));
        RuleFor(model => model.DescriptionTemplate)
            .Must(template => TextTemplate.TokensOf(template!).All(TextTemplate.Tokens.Contains))
            .When(model => !string.IsNullOrWhiteSpace(model.DescriptionTemplate))
            .WithMessageAwait(localizationService.GetResourceAsync(Key("DescriptionTemplate")));
        RuleFor(model => model.OrderIdTemplate)
            .Must(template => OrderIds.IsTemplate(template!.Trim()))
            .When(model => !string.IsNullOrWhiteSpace(model.OrderIdTemplate))
            .WithMessageAwait(localizationService.GetResourceAsync(Key("OrderIdTemplate")));

        // The rest of the notification URL is ours; what is wrong with it lies in the owner's part.
        foreach (var problem in Enum.GetValues<ShopUrlProblem>())
        {
            RuleFor(model => model.NotificationBaseUrl)
                .Must(baseUrl => !shopUrls.Check($"{baseUrl!.Trim().TrimEnd('/')}/{MultiSafepayDefaults.Routes.Notification}/1").Contains(problem))
                .When(model => !string.IsNullOrWhiteSpace(model.NotificationBaseUrl))
                .WithMessageAwait(localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.UrlProblem.{problem}"));
        }
    }

    private static string Key(string name) => $"{MultiSafepayDefaults.ResourcePrefix}.Validation.{name}";

    // An API key travels as an HTTP header: visible ASCII only. Whatever was copied along at its ends is trimmed, as MultiSafepay does.
    private static bool BeAKey(string? key) => string.IsNullOrWhiteSpace(key) || key.Trim().All(character => character is > ' ' and < (char)127);
}
