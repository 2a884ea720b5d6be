using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>The payment step.</summary>
public record PaymentInfoModel : BaseNopModel
{
    /// <summary>The payment methods; empty when the customer chooses on the payment page.</summary>
    public IReadOnlyList<MethodModel> Methods { get; init; } = [];

    /// <summary>The gift cards, under a heading of their own.</summary>
    public IReadOnlyList<MethodModel> GiftCards { get; init; } = [];
}

/// <summary>A payment method to choose.</summary>
public sealed record MethodModel
{
    /// <summary>The gateway: the value of the choice.</summary>
    public required string Gateway { get; init; }

    /// <summary>What the customer reads.</summary>
    public required string Title { get; init; }

    /// <summary>The address of the logo, or null.</summary>
    public string? IconUrl { get; init; }

    /// <summary>The brands within the method.</summary>
    public IReadOnlyList<BrandModel> Brands { get; init; } = [];

    /// <summary>Whether it is chosen already.</summary>
    public bool IsSelected { get; init; }

    /// <summary>Whether only some devices can pay with it, which a script finds out; without the script it stays hidden.</summary>
    public bool NeedsDevice { get; init; }

    /// <summary>What the customer has to fill in for it.</summary>
    public IReadOnlyList<FieldModel> Fields { get; init; } = [];

    /// <summary>The id of its radio button.</summary>
    public string Id => $"multisafepay-{Gateway}".ToLowerInvariant();
}

/// <summary>A brand within a method.</summary>
/// <param name="Name">What the customer reads.</param>
/// <param name="IconUrl">The address of the logo, or null.</param>
public sealed record BrandModel(string Name, string? IconUrl);

/// <summary>A field that the customer fills in.</summary>
/// <param name="Name">The form's name for it, and its id.</param>
/// <param name="Field">What it asks for.</param>
/// <param name="Value">What is filled in.</param>
/// <param name="Problem">What is wrong with it, or null.</param>
public sealed record FieldModel(string Name, CustomerField Field, string? Value, FieldProblem? Problem)
{
    /// <summary>The kind of HTML input.</summary>
    public string InputType => Field switch { CustomerField.Birthday => "date", CustomerField.Phone => "tel", _ => "text" };

    /// <summary>What the browser may fill in by itself. A bank account has no token: nobody keeps it.</summary>
    public string Autocomplete => Field switch { CustomerField.Birthday => "bday", CustomerField.Gender => "sex", CustomerField.Phone => "tel", _ => "off" };

    /// <summary>The key of the label's text.</summary>
    public string LabelKey => $"{MultiSafepayDefaults.ResourcePrefix}.Checkout.{Field}";

    /// <summary>The key of the text that says what is wrong.</summary>
    public string ProblemKey => $"{MultiSafepayDefaults.ResourcePrefix}.Checkout.{Field}.{Problem}";
}
