using System.Globalization;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Localization;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Validates each setting by itself, with the error beside the field. The rules of each group of settings have their own file.</summary>
public partial class ConfigurationValidator : BaseNopValidator<ConfigurationModel>
{
    private readonly ILocalizationService _localizationService;

    /// <summary>Creates the rules.</summary>
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

    private async Task<string> RefusalAsync(string name, params object[] arguments) => EditableText.Fill(CultureInfo.CurrentCulture, await RefusalAsync(name), arguments);

    private Task<string> RefusalAsync(string name) => _localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Validation.{name}");
}
