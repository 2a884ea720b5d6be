using System.Text;
using System.Text.Json;
using CsCheck;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using NUnit.Framework;
using Sandbox.Simulator;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Gateways;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>Whatever stands in the fields of an address or an account, MultiSafepay must not refuse the order for it.</summary>
[TestFixture]
internal sealed class OddTextPropertyTests
{
    private static readonly (string? Gateway, string Schema)[] _methods =
    [
        (null, "orders/PaymentPage.yaml"), ("IDEAL", "orders/Banking.yaml"), ("VISA", "orders/CreditCard.yaml"), ("PAYPAL", "orders/Wallet.yaml"), ("KLARNA", "orders/BNPL.yaml"),
        ("BILLINK", "orders/BNPL.yaml"), ("AFTERPAY", "orders/BNPL.yaml"), ("BNPL_MF", "orders/BNPL.yaml")
    ];

    private static readonly string[] _countries = ["NL", "BE", "DE", "FR", "GB", "US", "ES", "IT", "PT"];

    private static readonly Gen<string> _text = Gen.OneOf(
        Gen.OneOf<string>(
            "", " ", "J", "É", "😀", "7", "12", "12-14", "Kraanspoor 39 C", "Rose Cottage", "<br/>", "&amp;", "\u202E", "\0", "O'Neil & Söhne", "e\u0301", "0", "-", ",", "null", "Ltd.",
            "1234 AB", "123456789012", "sam@customer.example", "jörg@example.com", "+31 (0)6 12345678", "Kerkstraat 123456789012345"),
        Gen.Char.Array[0, 12].Select(letters => new string(letters)),
        Gen.Select(Gen.OneOf<string>("x", "Wörter und ", "😀", "12 ", "<b>", "e\u0301", "汉"), Gen.Int[1, 300]).Select((text, times) => string.Concat(Enumerable.Repeat(text, times))));

    private sealed record Odd(string[] Texts, int Method, int Country, bool IsShipped, int BornDaysAgo, string Gender);

    private static readonly Gen<Odd> _odd = Gen.Select(
        _text.Array[18], Gen.Int[0, _methods.Length - 1], Gen.Int[0, _countries.Length - 1], Gen.Bool, Gen.Int[-400, 700_000], _text)
        .Select((texts, method, country, isShipped, born, gender) => new Odd(texts, method, country, isShipped, born, gender));

    [Test]
    public void Each_request_matches_the_schema_of_the_API_whatever_the_customer_has_entered() => _odd.Sample(odd =>
    {
        var (gateway, schema) = _methods[odd.Method];
        var json = Request(odd, gateway).GetAwaiter().GetResult();
        Assert.That(OpenApiSchema.Check(json, schema), Is.Empty, Encoding.UTF8.GetString(json));

        using var order = JsonDocument.Parse(json);
        Assert.That(
            () => OrderCheck.Check(order.RootElement, new SimulatorOptions(), new GatewaySwitches(), new LocaleSwitches(), DateTimeOffset.UnixEpoch), Throws.Nothing, Encoding.UTF8.GetString(json));
    }, iter: 250);

    private static Task<byte[]> Request(Odd odd, string? gateway)
    {
        // A pay-later method needs addresses; what counts here is what stands in them.
        var method = new MethodChoice { Gateway = gateway, RequiredCustomerData = ["birthday", "gender", "phone", "email", "bank_account"] };
        string Text(int index) => method.IsPayLater && FieldText.Clean(odd.Texts[index], 1000) is null ? "x" : odd.Texts[index];
        Address Address(int first) => new()
        {
            FirstName = Text(first),
            LastName = Text(first + 1),
            Company = odd.Texts[first + 2],
            Address1 = Text(first + 3),
            Address2 = odd.Texts[first + 4],
            ZipPostalCode = Text(first + 5),
            City = Text(first + 6),
            PhoneNumber = odd.Texts[first + 7],
            Email = method.IsPayLater ? "sam@customer.example" : odd.Texts[first + 8],
            CountryId = odd.Country + 1,
            StateProvinceId = 1
        };

        return new OrderBuilder(_countries[odd.Country]).Buy(odd.Texts[2], 49.95m, 21, 1, odd.Texts[4]).With(builder =>
        {
            builder.Addresses[1] = Address(0);
            builder.Addresses[2] = Address(9);
            if (!odd.IsShipped)
                builder.Order.ShippingAddressId = null;
            builder.Order.CustomOrderNumber = FieldText.Clean(odd.Texts[12], 30) ?? "1";
            builder.Store.Name = odd.Texts[13];
            builder.Customer = new Customer { Id = 5, DateOfBirth = new DateTime(2030, 1, 1).AddDays(-odd.BornDaysAgo), Gender = odd.Gender };
            builder.Http!.Request.Headers.UserAgent = new string([.. odd.Texts[14].Where(char.IsAscii)]);
        }).JsonAsync(method);
    }
}
