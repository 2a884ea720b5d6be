using FluentValidation;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

public partial class ConfigurationValidator
{
    private void AddOrdersRules()
    {
        RuleFor(model => model.ChargeCurrencyId)
            .Must(id => Enum.IsDefined((ChargeCurrency)id))
            .WithMessageAwait(RefusalAsync("ChargeCurrency"));
        RuleFor(model => model.LinkLifetime)
            .Must((model, lifetime) => new PaymentLinkLifetime(lifetime, (LifetimeUnit)model.LinkLifetimeUnitId).IsValid)
            .WithMessageAwait(RefusalAsync("LinkLifetime"));
        RuleFor(model => model.DescriptionTemplate)
            .Must(template => TextTemplate.TokensOf(template!).All(TextTemplate.Tokens.Contains))
            .When(model => !string.IsNullOrWhiteSpace(model.DescriptionTemplate))
            .WithMessageAwait(RefusalAsync("DescriptionTemplate"));
        RuleFor(model => model.OrderIdTemplate)
            .Must(template => OrderIds.IsTemplate(template!.Trim()))
            .When(model => !string.IsNullOrWhiteSpace(model.OrderIdTemplate))
            .WithMessageAwait(RefusalAsync("OrderIdTemplate"));
    }
}
