using System.Text.Json;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>Fields that another plugin adds to a request are sent, and replace nothing.</summary>
[TestFixture]
public class AdditionalFieldsTests
{
    private static readonly OrderRequest _order = new()
    {
        Type = OrderType.Redirect,
        OrderId = "7",
        Currency = "EUR",
        Amount = 1000,
        Description = "Order 7",
        PaymentOptions = new PaymentOptions { NotificationUrl = "https://shop.example/notification/1", RedirectUrl = "https://shop.example/return" },
        SecondsActive = 3600,
        Var1 = "ours"
    };

    [Test]
    public void Unknown_fields_and_missing_members_are_added()
    {
        var json = Merge("""{"affiliate": {"split_payments": [{"merchant": 1, "percentage": 5}]}, "payment_options": {"settings": {"gateways": {"BILLINK": {"type": "B"}}}}}""");

        Assert.That(json["affiliate"]!.ToJsonString(), Is.EqualTo("""{"split_payments":[{"merchant":1,"percentage":5}]}"""));
        Assert.That((string?)json["payment_options"]!["settings"]!["gateways"]!["BILLINK"]!["type"], Is.EqualTo("B"));
        Assert.That((string?)json["payment_options"]!["notification_url"], Is.EqualTo("https://shop.example/notification/1"));
    }

    [TestCase("""{"amount": 1, "AMOUNT": 1, "order_id": "8", "currency": "USD", "type": "direct", "var1": "theirs"}""")]
    [TestCase("""{"days_active": 365, "seconds_active": 1, "capture": "manual", "recurring_id": "1", "gateway": "VISA", "Days_Active": 9}""")]
    [TestCase("""{"payment_options": {"notification_url": "https://other.example"}, "customer": {"email": "a@b.example"}}""")]
    [TestCase("""{"payment_options": null, "shopping_cart": {"items": []}}""")]
    [TestCase("{}")]
    public void Nothing_that_the_request_determines_is_changed(string fields) =>
        Assert.That(JsonNode.DeepEquals(Merge(fields), JsonSerializer.SerializeToNode(_order, ApiJson.Options)), Is.True);

    private static JsonObject Merge(string fields) => AdditionalFields.Merge(_order with { AdditionalFields = JsonNode.Parse(fields)!.AsObject() });
}
