using System.Linq.Expressions;
using FluentValidation;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

public partial class ConfigurationValidator
{
    private const decimal MaxPercentage = 100;
    private const int MaxNoticeDays = 30;
    private const string MethodPlaceholder = "Method";

    private void AddMethodsRules()
    {
        RuleFor(model => model.AdditionalFee)
            .Must((model, fee) => fee >= 0 && (!model.AdditionalFeePercentage || fee <= MaxPercentage))
            .WithMessageAwait(RefusalAsync("AdditionalFee"));
        RuleFor(model => model.SubscriptionRetryDays)
            .Must(text => SubscriptionRetries.TryParse(text, out var _))
            .WithMessageAwait(RefusalAsync("SubscriptionRetryDays", SubscriptionRetries.MaxTries, SubscriptionRetries.MaxDays));
        RuleFor(model => model.SubscriptionFailureId)
            .Must(id => Enum.IsDefined((SubscriptionFailurePolicy)id))
            .WithMessageAwait(RefusalAsync("CancelledThenPaid"));
        RuleFor(model => model.SubscriptionNoticeDays)
            .InclusiveBetween(0, MaxNoticeDays)
            .WithMessageAwait(RefusalAsync("SubscriptionNoticeDays", MaxNoticeDays));
        RuleForEach(model => model.Methods).ChildRules(row =>
        {
            AddRowRule(row, method => method.Min, "MethodNumbers", (method, text) => MethodRows.TryRead(text, out var min) && !(MethodRows.TryRead(method.Max, out var max) && max < min));
            AddRowRule(row, method => method.Max, "MethodNumbers", (_, text) => MethodRows.TryRead(text, out var _));
            AddRowRule(row, method => method.Fee, "MethodNumbers", (method, text) => MethodRows.TryRead(text, out var fee) && !(method.FeeIsPercentage && fee > MaxPercentage));
            AddRowRule(row, method => method.Countries, "MethodCountries", (_, text) => MethodRows.CountriesOf(text).All(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper)));
            AddRowRule(row, method => method.Categories, "MethodCategories", (_, text) => MethodRows.TryReadIds(text, out var _));
        });
        RuleFor(model => model.Methods)
            .Must(rows => MethodRows.Merge(MethodRules.Empty, rows).ToString().Length <= MethodRules.MaxTextLength)
            .WithMessageAwait(RefusalAsync("MethodsTooLong"));
    }

    // The summary above the form shows the messages of all rows, so each begins with the name of its method.
    private void AddRowRule(InlineValidator<MethodRowModel> rows, Expression<Func<MethodRowModel, string?>> field, string refusal, Func<MethodRowModel, string?, bool> isRight) => rows.RuleFor(field)
        .Must((row, text, context) =>
        {
            context.MessageFormatter.AppendArgument(MethodPlaceholder, string.IsNullOrWhiteSpace(row.Name) ? row.Gateway : row.Name);
            return isRight(row, text);
        })
        .WithMessageAwait(NamedAsync(refusal));

    private async Task<string> NamedAsync(string refusal) => $"{{{MethodPlaceholder}}}: {await RefusalAsync(refusal)}";
}
