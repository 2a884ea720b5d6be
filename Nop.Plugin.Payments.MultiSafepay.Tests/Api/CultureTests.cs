using System.Globalization;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using Official = Sandbox.Testing.OfficialExamples.Notification;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>
/// The shop's language is none of MultiSafepay's business: decimal commas (nl-NL), a dotless i (tr-TR), another calendar and another minus sign (ar-SA)
/// change nothing.
/// </summary>
[TestFixture("nl-NL")]
[TestFixture("tr-TR")]
[TestFixture("ar-SA")]
internal sealed class CultureTests(string culture)
{
    [SetUp]
    public void SetCulture() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

    [Test]
    public void Numbers_are_written_and_read_independently_of_the_culture()
    {
        var order = new OrderRequest
        {
            Type = OrderType.Redirect,
            OrderId = "1",
            Currency = "EUR",
            Amount = -1234,
            Description = "d",
            ShoppingCart = new ShoppingCart { Items = [new CartItem { UnitPrice = -1234.5m, Quantity = -2 }] }
        };
        var json = System.Text.Json.JsonSerializer.Serialize(order, ApiJson.Options);

        Assert.That(json, Does.Contain("\"amount\":-1234,").And.Contain("\"unit_price\":-1234.5,").And.Contain("\"quantity\":-2"));

        var transaction = Transaction.Parse("""
            {"order_id": "1", "amount": "-1000.0", "costs": [{"amount": "0.49"}], "shopping_cart": {"items": [{"unit_price": "-1234.5"}]},
             "checkout_options": {"default": {"shipping_taxed": "TRUE"}}}
            """u8);
        Assert.That(transaction.Amount, Is.EqualTo(-1000));
        Assert.That(transaction.Costs[0].Amount, Is.EqualTo(0.49m));
        Assert.That(transaction.ShoppingCart!.Items[0].UnitPrice, Is.EqualTo(-1234.5m));
        Assert.That(transaction.TaxTables!.Default!.ShippingTaxed, Is.True);
    }

    [Test]
    public void The_official_notification_verifies_in_any_culture()
    {
        var header = NotificationSignature.CreateHeader(Official.Body, Official.ApiKey, Official.SignedAt);
        Assert.That(System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(header)), Is.EqualTo($"1641218884:{Official.Signature}"));
        Assert.That(
            NotificationSignature.Verify(header, Official.Body, new SigningKey(Official.ApiKey), Official.SignedAt, NotificationSignature.DefaultTolerance),
            Is.EqualTo(SignatureVerdict.Valid));
    }

    [Test]
    public void Currency_codes_are_case_insensitive_in_any_culture() =>
        Assert.That((MinorUnits.Exponent("isk"), MinorUnits.Exponent("ISK"), MinorUnits.FromDecimal(1.5m, "clp")), Is.EqualTo((0, 0, 2L)));

    [Test]
    public async Task Query_numbers_are_written_independently_of_the_culture()
    {
        var handler = StubHandler.Answering("""{"success": true, "data": []}""");
        var client = handler.CreateClient();

        await client.GetPaymentMethodsAsync(StubHandler.Credentials, new PaymentMethodQuery { Amount = -1234567, Currency = "EUR" }, CancellationToken.None);

        Assert.That(handler.Requests.Single().Uri.Query, Is.EqualTo("?currency=EUR&amount=-1234567"));
    }
}
