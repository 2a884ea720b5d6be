using FluentValidation;

namespace Nop.Web.Framework.Validators;

/// <summary>Localized messages of validation rules.</summary>
public static class RuleBuilderOptionsExtension
{
    /// <summary>Sets the message that a task resolves to.</summary>
    public static IRuleBuilderOptions<T, TProperty> WithMessageAwait<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, Task<string> errorMessage) =>
        rule.WithMessage(errorMessage.GetAwaiter().GetResult());
}
