using System.Text.Json;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Gateways;

namespace Sandbox.Simulator.Checks;

/// <summary>
/// The limits of MultiSafepay's requests, one line each. The sources are the files below <c>components/schemas</c> of its OpenAPI description; its own examples are
/// looser in places (birthdays as 10071970, a gender <c>male</c>), and there the description counts.
/// </summary>
public static class FieldRules
{
    /// <summary>Of <c>POST orders</c>.</summary>
    public static IReadOnlyList<FieldRule> Order { get; } =
    [
        Text("order_id", 50, "OrderId.yaml") with { Code = ErrorCode.OrderId },
        Text("description", 200, "Description.yaml") with { Code = ErrorCode.Description },
        Text("invoice", 50, "InvoiceIdPayPal.yaml"),
        Text("var1", 500, "var12.yaml") with { Code = ErrorCode.Variable },
        Text("var2", 500, "var12.yaml") with { Code = ErrorCode.Variable },
        Text("var3", 500, "var3.yaml") with { Code = ErrorCode.Variable },
        Number("days_active", 1, 365, "DaysActive.yaml"),
        Number("seconds_active", 1, 31_536_000, "SecondsActive.yaml"),
        OneOf("recurring_model", "cardOnFile subscription unscheduled", "RecurringModel.yaml"),
        OneOf("recurring.model", "cardOnFile subscription unscheduled", "RecurringModel.yaml"),
        OneOf("payment_options.notification_method", "GET POST", "NotificationMethod.yaml"),
        Text("payment_options.notification_url", 150, "NotificationUrl.yaml"),
        OneOf("payment_options.settings.gateways.BILLINK.type", "P B", "Settings.yaml"),
        OneOf("payment_options.settings.gateways.MISTERCASH.mobile_pay_button_position", "top bottom center", "Settings.yaml"),
        .. Person("customer"),
        Text("customer.house_number", 10, "HouseNumber.yaml"),
        OneOf("customer.gender", "M F", "Gender.yaml"),
        Date("customer.birthday", "Birthday.yaml"),
        .. Person("delivery"),
        Text("delivery.house_number", 9, "Apartment.yaml"),
        Date("gateway_info.birthday", "Birthday.yaml"),
        OneOf("gateway_info.gender", "M F mr mrs miss male female", "the examples of in3 and Klarna; PHP SDK 5.21.0, Gender.php"),
        Text("gateway_info.phone", 25, "Phone.yaml"),
        Text("gateway_info.email", 64, "GatewayInfoBNPL.yaml") with { Format = FieldFormat.Email },
        OneOf("shopping_cart.items[].weight.unit", "KG", "Weight.yaml"),
        Number("checkout_options.tax_tables.default.rate", 0, 1, "CheckoutOptions.yaml") with { Code = ErrorCode.TaxRate },
        new("checkout_options.tax_tables.alternate[].rules[].country", "CheckoutOptions.yaml") { Format = FieldFormat.Country, Code = ErrorCode.Country },
        Number("affiliate.split_payments[].fixed", 1, decimal.MaxValue, "Affiliate.yaml"),
        Number("affiliate.split_payments[].percentage", 1, 100, "Affiliate.yaml"),
    ];

    /// <summary>Of <c>POST orders/{id}/capture</c>.</summary>
    public static IReadOnlyList<FieldRule> Capture { get; } = [Text("invoice_id", 50, "InvoiceId.yaml"), OneOf("new_order_status", "completed", "Capture payment")];

    /// <summary>Of <c>POST orders/{id}/refunds</c>.</summary>
    public static IReadOnlyList<FieldRule> Refund { get; } =
    [
        Text("description", 200, "Description.yaml") with { Code = ErrorCode.Description },
        Text("refund_order_id", 50, "Refund.yaml") with { Code = ErrorCode.OrderId },
        Text("var1", 500, "var12.yaml") with { Code = ErrorCode.Variable },
        Text("var2", 500, "var12.yaml") with { Code = ErrorCode.Variable },
        Text("var3", 500, "var3.yaml") with { Code = ErrorCode.Variable },
    ];

    /// <summary>Of <c>PATCH orders/{id}</c>.</summary>
    public static IReadOnlyList<FieldRule> Update { get; } = [Text("invoice_id", 50, "InvoiceId.yaml")];

    /// <summary>Of <c>PATCH orders/{id}/refunds/{id}</c>.</summary>
    public static IReadOnlyList<FieldRule> Withdrawal { get; } = [Text("description", 200, "CancelRefund.yaml") with { Code = ErrorCode.Description }];

    // What the description calls required and MultiSafepay's own example of the method leaves out is not required here: a telephone number for Bizum, the country for cards.
    private static readonly RequiredFields[] _required =
    [
        new(nameof(GatewayKind.PayLater), Each("delivery", "first_name last_name address1 house_number? zip_code city country"), "orders/BNPL.yaml"),
        new(nameof(GatewayKind.PayLater), Each("customer", "address1 zip_code city country"), "orders/BNPL.yaml requires the customer; in every example of these methods"),
        new("Card Wallet PaymentPage", Each("delivery", "first_name last_name address1 house_number? zip_code city country"), "orders/CreditCard.yaml, Wallet.yaml, PaymentPage.yaml")
        {
            With = "delivery",
        },
        new("KLARNA", "delivery.email", "Delivery.yaml"),
        new("KLARNA BILLINK AMAZONBTN", "customer.house_number?", "HouseNumber.yaml"),
        new("TRUSTLY IN3B2B AMAZONBTN", Each("customer", "first_name last_name"), "FirstName.yaml, LastName.yaml"),
        new("TRUSTLY", Each("customer", "email country"), "Customer.yaml; trustly-direct.json"),
        new("IN3B2B", "customer.address1", "Address1.yaml"),
        new("BILLINK", Each("customer", "last_name email"), "LastName.yaml, Email.yaml"),
        new("AMAZONBTN", Each("customer", "address1 zip_code city country phone"), "Address1.yaml, ZIP.yaml, City.yaml, Country.yaml, Phone.yaml"),
        new("MBWAY", "customer.phone", "Phone.yaml"),
        new("IN3", Each("gateway_info", "birthday gender phone"), "GatewayInfoBNPL.yaml; in3-direct.json") { IsDirect = true },
        new("EINVOICE", Each("gateway_info", "birthday bank_account phone email"), "GatewayInfoBNPL.yaml; einvoicing-direct.json") { IsDirect = true },
        new("KLARNA PAYAFTER BNPL_MF AFTERPAY", "gateway_info", "GatewayInfoBNPL.yaml") { IsDirect = true },
    ];

    /// <exception cref="RefusalException">A field breaks its rule.</exception>
    public static void Check(JsonElement body, IReadOnlyList<FieldRule> rules)
    {
        foreach (var rule in rules)
        {
            if (rule.ProblemIn(body) is { } problem)
                throw new RefusalException(rule.Code, problem);
        }
    }

    /// <exception cref="RefusalException">The order lacks a field.</exception>
    public static void CheckRequired(JsonElement order, Gateway? gateway, string type)
    {
        foreach (var rule in _required)
        {
            if (rule.MissingIn(order, gateway, type) is { } problem)
                throw RefusalException.General(problem);
        }
    }

    // The SDKs write firstname and lastname; the API takes both.
    private static FieldRule[] Person(string block) =>
    [
        Name($"{block}.first_name", "FirstName.yaml"),
        Name($"{block}.firstname", "FirstName.yaml"),
        Name($"{block}.last_name", "LastName.yaml"),
        Name($"{block}.lastname", "LastName.yaml"),
        Text($"{block}.company_name", 200, "CompanyName.yaml"),
        Text($"{block}.address1", 64, "Address1.yaml"),
        Text($"{block}.address2", 64, "Address2.yaml"),
        Text($"{block}.address3", 64, "Address3.yaml"),
        Text($"{block}.zip_code", 10, "ZIP.yaml"),
        Text($"{block}.city", 50, "City.yaml"),
        Text($"{block}.state", 6, "State.yaml"),
        Text($"{block}.phone", 25, "Phone.yaml"),
        Text($"{block}.email", 64, "Email.yaml") with { Format = FieldFormat.Email },
    ];

    private static FieldRule Name(string path, string source) => new(path, source) { Shortest = 2, Longest = 25 };

    private static FieldRule Text(string path, int longest, string source) => new(path, source) { Longest = longest };

    private static FieldRule Date(string path, string source) => new(path, source) { Format = FieldFormat.Date };

    private static FieldRule OneOf(string path, string values, string source) => new(path, source) { Values = values.Split(' ') };

    private static FieldRule Number(string path, decimal least, decimal most, string source) => new(path, source) { Format = FieldFormat.Number, Least = least, Most = most };

    private static string Each(string block, string fields) => string.Join(' ', fields.Split(' ').Select(field => $"{block}.{field}"));
}
