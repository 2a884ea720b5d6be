using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>The model of the payment step.</summary>
public record PaymentInfoModel : BaseNopModel
{
    /// <summary>The customer's saved cards, shown above the methods; empty if there are none.</summary>
    public IReadOnlyList<CardModel> Cards { get; init; } = [];

    /// <summary>The payment methods; empty if the customer chooses on the payment page.</summary>
    public IReadOnlyList<MethodModel> Methods { get; init; } = [];

    /// <summary>The gift cards, shown under a separate heading.</summary>
    public IReadOnlyList<MethodModel> GiftCards { get; init; } = [];

    /// <summary>What the customer of a subscription agrees to; null for other carts.</summary>
    public string? Terms { get; init; }

    /// <summary>Whether the customer has agreed to <see cref="Terms"/>.</summary>
    public bool IsAgreed { get; init; }

    /// <summary>Whether the cart is a subscription and the customer has to register first.</summary>
    public bool IsForRegistered { get; init; }
}

/// <summary>A payment method in the payment step.</summary>
public sealed record MethodModel
{
    /// <summary>The gateway code, which is the value of the radio button.</summary>
    public required string Gateway { get; init; }

    /// <summary>The display name.</summary>
    public required string Title { get; init; }

    /// <summary>The owner's description; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The address of the logo; null for none.</summary>
    public string? IconUrl { get; init; }

    /// <summary>The brands of the method.</summary>
    public IReadOnlyList<BrandModel> Brands { get; init; } = [];

    /// <summary>Whether the method is preselected.</summary>
    public bool IsSelected { get; init; }

    /// <summary>Whether only some devices support the method, which a script detects; without the script it stays hidden.</summary>
    public bool NeedsDevice { get; init; }

    /// <summary>The fields that the customer has to fill in for the method.</summary>
    public IReadOnlyList<FieldModel> Fields { get; init; } = [];

    /// <summary>The name and the HTML id of the box by which the customer saves the card; null if the method saves none.</summary>
    public string? SaveName { get; init; }

    /// <summary>Whether the box is ticked.</summary>
    public bool IsSaved { get; init; }

    /// <summary>The HTML id of the radio button.</summary>
    public string Id => $"multisafepay-{Gateway}".ToLowerInvariant();
}

/// <summary>A saved card in the payment step.</summary>
public sealed record CardModel
{
    /// <summary>The value of the radio button: <see cref="CustomerFields.CardPrefix"/> and the card's id.</summary>
    public required string Value { get; init; }

    /// <summary>Brand and last four digits.</summary>
    public required string Text { get; init; }

    /// <summary>The month and year in which the card expires; null if it is not known.</summary>
    public string? Expiry { get; init; }

    /// <summary>Whether the card can no longer be used.</summary>
    public bool IsExpired { get; init; }

    /// <summary>The address of the brand's logo; null for none.</summary>
    public string? IconUrl { get; init; }

    /// <summary>Whether the card is preselected.</summary>
    public bool IsSelected { get; init; }

    /// <summary>The HTML id of the radio button.</summary>
    public string Id => $"multisafepay-{Value}".Replace(':', '-');
}

/// <summary>A brand of a payment method.</summary>
/// <param name="Name">The display name.</param>
/// <param name="IconUrl">The address of the logo; null for none.</param>
public sealed record BrandModel(string Name, string? IconUrl);

/// <summary>A field that the customer fills in.</summary>
/// <param name="Name">The name and the HTML id of the form field.</param>
/// <param name="Field">The kind of field.</param>
/// <param name="Value">The current value; null for none.</param>
/// <param name="Problem">What is wrong with the value; null if nothing is.</param>
public sealed record FieldModel(string Name, CustomerField Field, string? Value, FieldProblem? Problem)
{
    /// <summary>The type of the HTML input.</summary>
    public string InputType => Field switch { CustomerField.Birthday => "date", CustomerField.Phone => "tel", _ => "text" };

    /// <summary>The HTML autocomplete token. There is none for a bank account.</summary>
    public string Autocomplete => Field switch { CustomerField.Birthday => "bday", CustomerField.Gender => "sex", CustomerField.Phone => "tel", _ => "off" };

    /// <summary>The resource key of the label.</summary>
    public string LabelKey => $"{MultiSafepayDefaults.ResourcePrefix}.Checkout.{Field}";

    /// <summary>The resource key of the error message.</summary>
    public string ProblemKey => $"{MultiSafepayDefaults.ResourcePrefix}.Checkout.{Field}.{Problem}";
}
