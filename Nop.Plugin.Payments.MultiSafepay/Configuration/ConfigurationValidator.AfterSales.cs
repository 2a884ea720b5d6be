using FluentValidation;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

public partial class ConfigurationValidator
{
    // The longest authorisation of a card: 30 days for Mastercard and Maestro (docs.multisafepay.com, Manual capture).
    private const int MaxWarningDays = 30;

    private void AddAfterSalesRules()
    {
        RuleFor(model => model.AuthorizationWarningDays)
            .InclusiveBetween(0, MaxWarningDays)
            .WithMessageAwait(RefusalAsync("AuthorizationWarningDays"));
        RuleFor(model => model.ShipmentModeId)
            .Must(id => Enum.IsDefined((ShipmentMode)id))
            .WithMessageAwait(RefusalAsync("ShipmentMode"));
    }
}
