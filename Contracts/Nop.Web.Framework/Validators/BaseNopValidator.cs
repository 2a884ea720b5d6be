using FluentValidation;

namespace Nop.Web.Framework.Validators;

/// <summary>What the validators of models derive from; nopCommerce finds them by this.</summary>
public abstract class BaseNopValidator<TModel> : AbstractValidator<TModel>
    where TModel : class;
