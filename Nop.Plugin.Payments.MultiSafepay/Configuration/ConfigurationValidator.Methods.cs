using FluentValidation;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

public partial class ConfigurationValidator
{
    private const decimal MaxPercentage = 100;

    private void AddMethodsRules()
    {
        RuleFor(model => model.AdditionalFee)
            .Must((model, fee) => fee >= 0 && (!model.AdditionalFeePercentage || fee <= MaxPercentage))
            .WithMessageAwait(RefusalAsync("AdditionalFee"));
        RuleFor(model => model.Methods)
            .Must(rows => rows.All(AreNumbersRight))
            .WithMessageAwait(RefusalAsync("MethodNumbers"));
        RuleFor(model => model.Methods)
            .Must(rows => rows.All(row => MethodRows.CountriesOf(row.Countries).All(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper))))
            .WithMessageAwait(RefusalAsync("MethodCountries"));
        RuleFor(model => model.Methods)
            .Must(rows => rows.All(row => MethodRows.TryReadIds(row.Categories, out _)))
            .WithMessageAwait(RefusalAsync("MethodCategories"));
        RuleFor(model => model.Methods)
            .Must(rows => MethodRows.Merge(MethodRules.Empty, rows).ToString().Length <= MethodRules.MaxTextLength)
            .WithMessageAwait(RefusalAsync("MethodsTooLong"));
    }

    private static bool AreNumbersRight(MethodRowModel row) =>
        MethodRows.TryRead(row.Min, out var min) && MethodRows.TryRead(row.Max, out var max) && MethodRows.TryRead(row.Fee, out var fee)
        && !(max < min) && !(row.FeeIsPercentage && fee > MaxPercentage);
}
