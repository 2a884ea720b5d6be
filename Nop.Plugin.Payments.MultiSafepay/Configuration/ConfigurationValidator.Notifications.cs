using FluentValidation;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

public partial class ConfigurationValidator
{
    private void AddNotificationsRules(ShopUrls shopUrls)
    {
        // The plugin builds the rest of the notification URL, so any problem is in the owner's part.
        foreach (var problem in Enum.GetValues<ShopUrlProblem>())
        {
            RuleFor(model => model.NotificationBaseUrl)
                .Must(baseUrl => !shopUrls.Check($"{baseUrl!.Trim().TrimEnd('/')}/{MultiSafepayDefaults.Routes.Notification}/1").Contains(problem))
                .When(model => !string.IsNullOrWhiteSpace(model.NotificationBaseUrl))
                .WithMessageAwait(_localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.UrlProblem.{problem}"));
        }
    }
}
