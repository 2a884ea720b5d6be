using FluentValidation;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

public partial class ConfigurationValidator
{
    private void AddAccountRules()
    {
        RuleFor(model => model.EnvironmentId)
            .Must(id => Enum.IsDefined((MultiSafepayEnvironment)id))
            .WithMessageAwait(RefusalAsync("Environment"));

        RuleFor(model => model.TestApiKey).Must(BeAKey).WithMessageAwait(RefusalAsync("ApiKey"));
        RuleFor(model => model.LiveApiKey).Must(BeAKey).WithMessageAwait(RefusalAsync("ApiKey"));
        RuleFor(model => model.LiveApiKey)
            .Must((model, key) => key!.Trim() != model.TestApiKey?.Trim())
            .When(model => !string.IsNullOrWhiteSpace(model.LiveApiKey))
            .WithMessageAwait(RefusalAsync("SameApiKey"));
    }

    // An API key is sent as an HTTP header, so it may contain visible ASCII only. Surrounding white space is trimmed, as MultiSafepay does.
    private static bool BeAKey(string? key) => string.IsNullOrWhiteSpace(key) || key.Trim().All(character => character is > ' ' and < (char)127);
}
