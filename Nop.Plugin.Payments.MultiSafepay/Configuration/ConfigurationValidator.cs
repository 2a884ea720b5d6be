using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Localization;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Refuses what cannot work, beside the field. Each group of settings has its rules in a file of its own.</summary>
public partial class ConfigurationValidator : BaseNopValidator<ConfigurationModel>
{
    private readonly ILocalizationService _localizationService;

    /// <summary>Builds the rules.</summary>
    public ConfigurationValidator(ILocalizationService localizationService, ShopUrls shopUrls)
    {
        _localizationService = localizationService;
        AddAccountRules();
        AddMethodsRules();
        AddOrdersRules();
        AddStatusMappingRules();
        AddAfterSalesRules();
        AddNotificationsRules(shopUrls);
    }

    private Task<string> RefusalAsync(string name) => _localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Validation.{name}");
}
