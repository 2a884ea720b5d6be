namespace Sandbox.Shop.Models;

/// <summary>A product on the shelf.</summary>
public sealed record ProductModel(int Id, string Name, string Sku, string Description, string Price, string TaxRate, int Stock, string? Cycle);

/// <summary>One line of a cart or an order; <paramref name="Cycle"/> tells how often a recurring product is sent.</summary>
public sealed record LineModel(int Id, string Name, string Sku, int Quantity, string UnitPrice, string Total, string? Cycle);

/// <summary>One line of the totals; the last one is the sum.</summary>
public sealed record TotalModel(string Label, string Amount, bool IsSum = false, bool IsNote = false);

/// <summary>The cart page.</summary>
public sealed record CartModel
{
    public required IReadOnlyList<LineModel> Lines { get; init; }

    public required IReadOnlyList<TotalModel> Totals { get; init; }

    /// <summary>What is wrong with the cart as a whole.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    public required string GiftWrappingPrice { get; init; }

    public bool GiftWrapping { get; init; }

    public string? Reference { get; init; }

    public string CouponCode { get; init; } = "";

    public string GiftCardCode { get; init; } = "";
}

/// <summary>A payment method to choose from.</summary>
public sealed record PaymentMethodModel(string SystemName, string Name, string Description, string? LogoUrl, string? Fee);

/// <summary>A way of shipping to choose from.</summary>
public sealed record ShippingModel(string Name, string Label, string Price);

/// <summary>What the customer fills in; posted by the checkout page.</summary>
public sealed class CheckoutForm
{
    public string FirstName { get; set; } = "Sam";

    public string LastName { get; set; } = "de Vries-van den Berg";

    public string? Company { get; set; }

    public string Email { get; set; } = "sam@customer.example";

    public string Phone { get; set; } = "+31 20 000 00 00";

    public string Address1 { get; set; } = "Voorbeeldkade 12-B";

    public string? Address2 { get; set; }

    public string Zip { get; set; } = "1234 AB";

    public string City { get; set; } = "Voorbeeldstad";

    public int CountryId { get; set; } = 1;

    public int? StateId { get; set; }

    public string? Shipping { get; set; }

    public string? PaymentMethod { get; set; }
}

/// <summary>The checkout page: address, shipping and payment method.</summary>
public sealed record CheckoutModel
{
    public required CheckoutForm Form { get; init; }

    public required IReadOnlyList<(int Id, string Name)> Countries { get; init; }

    public required IReadOnlyList<(int Id, string Name)> States { get; init; }

    public required IReadOnlyList<ShippingModel> Shippings { get; init; }

    public required IReadOnlyList<PaymentMethodModel> PaymentMethods { get; init; }

    public bool NeedsShipping { get; init; }
}

/// <summary>The payment methods to choose from, and the one that is chosen; the first one where none is.</summary>
public sealed record PaymentMethodsModel(IReadOnlyList<PaymentMethodModel> Methods, string? Chosen);

/// <summary>The payment details step, drawn by the payment method itself.</summary>
public sealed record PaymentInfoSectionModel(Type ViewComponent, string MethodName, IReadOnlyList<string> Warnings);

/// <summary>The last step: everything at a glance.</summary>
public sealed record ConfirmModel(IReadOnlyList<LineModel> Lines, IReadOnlyList<TotalModel> Totals, IReadOnlyList<string> Address, string Shipping, string PaymentMethod,
    IReadOnlyList<(string Name, string Value)> PaymentDetails, IReadOnlyList<string> Warnings);

/// <summary>A row in a list of orders.</summary>
public sealed record OrderRowModel(int Id, string Number, DateTime CreatedUtc, string Total, string Status, string PaymentStatus, string ShippingStatus, string Method, string Store,
    string Customer);

/// <summary>A note on an order.</summary>
public sealed record NoteModel(DateTime CreatedUtc, string Text, bool ForCustomer);

/// <summary>The customer's page about one order.</summary>
public sealed record OrderPageModel
{
    public required OrderRowModel Row { get; init; }

    public required IReadOnlyList<LineModel> Lines { get; init; }

    public required IReadOnlyList<TotalModel> Totals { get; init; }

    public required IReadOnlyList<NoteModel> Notes { get; init; }

    public required IReadOnlyList<string> Address { get; init; }

    /// <summary>The checkout attributes, in words.</summary>
    public string? Extras { get; init; }

    public bool CanRetryPayment { get; init; }

    public bool CanCancel { get; init; }

    public required object Widget { get; init; }
}
