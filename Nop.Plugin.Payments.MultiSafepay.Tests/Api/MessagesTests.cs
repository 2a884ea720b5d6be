using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>What is written to MultiSafepay: names, numbers and what is left out.</summary>
[TestFixture]
internal sealed class MessagesTests
{
    // What MultiSafepay's examples hold and this plugin never sends: card numbers, FastCheckout, QR codes, HTML tables.
    private static readonly string[] _notOurs =
    [
        "items", "manual", "custom_fields", "google_analytics", "payment_options.settings", "payment_options.feed_url", "payment_options.allowed_countries",
        "checkout_options.no_shipping_method", "checkout_options.use_shipping_notification", "checkout_options.shipping_methods",
        "gateway_info.account_holder_bic", "gateway_info.account_holder_city", "gateway_info.account_holder_country", "gateway_info.account_holder_iban",
        "gateway_info.account_holder_name", "gateway_info.account_id", "gateway_info.allow_change_amount", "gateway_info.allow_multiple", "gateway_info.card_cvc",
        "gateway_info.card_expiry_date", "gateway_info.card_holder_name", "gateway_info.card_number", "gateway_info.emandate", "gateway_info.issuer_id",
        "gateway_info.max_amount", "gateway_info.min_amount", "gateway_info.payment_token", "gateway_info.qr_enabled", "gateway_info.qr_size"
    ];

    private static IEnumerable<string> OrderExamples => OfficialExamples.RequestNames("post-orders");

    [TestCase("Antonín Dvořák")]
    [TestCase("ул. Шипка 12, ап. 5")]
    [TestCase("O'Brien & Zoon <+31>")]
    public void Text_is_written_as_UTF8_without_escapes(string text) =>
        Assert.That(JsonSerializer.Serialize(new CustomerDetails { LastName = text }, ApiJson.Options), Is.EqualTo($"{{\"last_name\":\"{text}\"}}"));

    /// <summary>Each official example, read into our type and written again, is the example: no name is misspelt and nothing is lost.</summary>
    [TestCaseSource(nameof(OrderExamples))]
    public void Official_order_requests_round_trip_unchanged(string name)
    {
        var example = JsonNode.Parse(OfficialExamples.Request("post-orders", name))!.AsObject();
        foreach (var path in _notOurs)
            Remove(example, path.Split('.'));

        var order = example.Deserialize<OrderRequest>(ApiJson.Options)!;

        AssertJson(Write(order), example.ToJsonString());
        Assert.That(Write(order), Is.EqualTo(JsonSerializer.Serialize(order, ApiJson.Options)), "what is written by hand is what the serializer would write");
    }

    [Test]
    public void More_than_fifty_official_order_examples_are_covered() => Assert.That(OrderExamples.Count(), Is.GreaterThan(50));

    [TestCase("cancelOrder")]
    [TestCase("extendKlarna")]
    [TestCase("shipOrder")]
    public void Official_order_updates_round_trip_unchanged(string name)
    {
        var example = JsonNode.Parse(OfficialExamples.Request("patch-orders", name))!;
        var update = example.Deserialize<OrderUpdate>(ApiJson.Options)!;
        AssertJson(JsonSerializer.Serialize(update, ApiJson.Options), example.ToJsonString());
    }

    [Test]
    public void The_cancellation_request_equals_the_official_example() =>
        AssertJson(
            JsonSerializer.Serialize(OrderUpdate.Cancel, ApiJson.Options),
            JsonNode.Parse(OfficialExamples.Request("patch-orders", "cancelOrder"))!.ToJsonString());

    [TestCase("refund")]
    [TestCase("refundBNPL")]
    public void Official_refund_requests_round_trip_unchanged(string name)
    {
        var example = JsonNode.Parse(OfficialExamples.Request("refunds", name))!;
        var refund = example.Deserialize<RefundRequest>(ApiJson.Options)!;
        AssertJson(JsonSerializer.Serialize(refund, ApiJson.Options), example.ToJsonString());
    }

    [Test]
    public void An_order_request_is_written_with_the_field_names_of_the_API() => AssertJson(Write(FullOrder()), """
        {
          "type": "redirect", "order_id": "NOP-1", "gateway": "IDEAL", "currency": "EUR", "amount": 7495, "description": "Order 1",
          "payment_options": {
            "notification_url": "https://shop.example/multisafepay/notification/1", "notification_method": "POST",
            "redirect_url": "https://shop.example/return", "cancel_url": "https://shop.example/cancel", "close_window": false, "template_id": "t1"
          },
          "customer": {
            "first_name": "A", "last_name": "B", "company_name": "C", "address1": "Street", "address2": "", "house_number": "1a", "zip_code": "1000 AA", "city": "D",
            "state": "E", "country": "NL", "phone": "06", "email": "a@example.com", "ip_address": "192.0.2.1", "forwarded_ip": "192.0.2.2", "locale": "nl_NL",
            "user_agent": "browser", "referrer": "https://shop.example", "reference": "r", "gender": "female", "birthday": "1970-07-10", "disable_send_email": true
          },
          "delivery": { "first_name": "F" },
          "shopping_cart": { "items": [
            { "name": "Chair", "description": "Oak", "unit_price": 13.761467889, "quantity": 2, "merchant_item_id": "1", "tax_table_selector": "9", "weight": { "unit": "KG", "value": 1.5 } },
            { "unit_price": -8.2644628099, "quantity": 1, "merchant_item_id": "msp-shipping" }
          ] },
          "checkout_options": { "validate_cart": true, "tax_tables": {
            "default": { "shipping_taxed": true, "rate": 0.21 },
            "alternate": [ { "name": "9", "standalone": true, "rules": [ { "rate": 0.09, "country": "NL" } ] } ]
          } },
          "gateway_info": { "birthday": "1970-07-10", "gender": "female", "phone": "06", "email": "a@example.com", "bank_account": "NL00" },
          "payment_data": { "payload": "opaque", "gateway": "IDEAL", "tokenize": true },
          "second_chance": { "send_email": true, "send_mail": true },
          "days_active": 30, "seconds_active": 3600, "capture": "manual", "recurring_model": "cardOnFile", "recurring_id": "token",
          "var1": "v1", "var2": "v2", "var3": "v3", "custom_info": { "custom_1": "c1", "custom_2": "c2", "custom_3": "c3" },
          "plugin": { "shop": "nopCommerce", "shop_version": "4.90", "plugin_version": "4.90.1", "partner": "p", "shop_root_url": "https://shop.example" }
        }
        """);

    [Test]
    public void Null_fields_are_omitted_from_the_request() => AssertJson(
        Write(new OrderRequest { Type = OrderType.Redirect, OrderId = "1", Currency = "JPY", Amount = 10, Description = "d", Customer = new CustomerDetails() }),
        """{"type": "redirect", "order_id": "1", "currency": "JPY", "amount": 10, "description": "d", "customer": {}}""");

    [TestCase("13.761467889", "13.761467889")]
    [TestCase("10.00", "10")]
    [TestCase("0.10", "0.1")]
    [TestCase("0", "0")]
    [TestCase("-0.0", "0")]
    [TestCase("0.0000000001", "0.0000000001")]
    [TestCase("0.00000000005", "0.0000000001")]
    [TestCase("0.00000000004", "0")]
    [TestCase("-82.6446280991735537190083", "-82.6446280992")]
    [TestCase("1000000000000000", "1000000000000000")]
    [TestCase("79228162514264337593543950335", "79228162514264337593543950335")]
    public void A_unit_price_has_at_most_ten_decimals_and_no_exponent(string price, string expected) =>
        Assert.That(
            Write(FullOrder() with { ShoppingCart = new ShoppingCart { Items = [new CartItem { UnitPrice = decimal.Parse(price, CultureInfo.InvariantCulture) }] } }),
            Does.Contain($"\"unit_price\":{expected},"));

    [Test]
    public void Every_price_round_trips_within_ten_decimals() =>
        Gen.Decimal.Where(price => Math.Abs(price) < 1_000_000_000m).Sample(price =>
        {
            var json = Write(FullOrder() with { ShoppingCart = new ShoppingCart { Items = [new CartItem { UnitPrice = price }] } });
            var written = JsonNode.Parse(json)!["shopping_cart"]!["items"]![0]!["unit_price"]!.ToJsonString();
            return !written.Contains('e', StringComparison.OrdinalIgnoreCase)
                && Math.Abs(decimal.Parse(written, CultureInfo.InvariantCulture) - price) <= 0.00000000005m;
        });

    /// <summary>A text that was cut in the middle of an emoji must not keep an order from being paid.</summary>
    [Test]
    public void An_unpaired_surrogate_is_replaced_and_does_not_block_the_order()
    {
        var json = Write(FullOrder() with { Description = "Order \ud83d" });
        Assert.That(JsonNode.Parse(json)!["description"]!.GetValue<string>(), Is.EqualTo("Order \ufffd"));
    }

    [Test]
    public void Messages_print_neither_secrets_nor_personal_data()
    {
        var order = FullOrder();
        var secrets = new[] { "sesame", "a@example.com", "192.0.2.1", "1970", "NL00", "opaque", "token", "Street", "3012" };
        object[] records =
        [
            new ApiCredentials(MultiSafepayEnvironment.Live, "sesame"), order, order.Customer!, order.Delivery!, order.GatewayInfo!, order.PaymentData!,
            new PaymentDetails { Type = "VISA", RecurringId = "token" }, new CreatedOrder { OrderId = "1", PaymentUrl = "https://pay.example/opaque", SessionId = "sesame" },
            new PaymentToken { Token = "token", Code = "VISA", Display = "Card xxxx opaque", Last4 = "1970", ExpiryDate = "3012", Model = RecurringModel.CardOnFile },
            new CreatedOrder { OrderId = "1", Transaction = new Transaction { OrderId = "1", Description = "a@example.com" } },
            new Transaction { OrderId = "1", Description = "a@example.com", PaymentDetails = new PaymentDetails { RecurringId = "token" } }
        ];

        Assert.Multiple(() =>
        {
            foreach (var record in records)
                foreach (var secret in secrets)
                    Assert.That(record.ToString(), Does.Not.Contain(secret), record.GetType().Name);
        });
    }

    private static OrderRequest FullOrder() => new()
    {
        Type = OrderType.Redirect,
        OrderId = "NOP-1",
        Gateway = "IDEAL",
        Currency = "EUR",
        Amount = 7495,
        Description = "Order 1",
        PaymentOptions = new PaymentOptions
        {
            NotificationUrl = "https://shop.example/multisafepay/notification/1",
            NotificationMethod = "POST",
            RedirectUrl = "https://shop.example/return",
            CancelUrl = "https://shop.example/cancel",
            CloseWindow = false,
            TemplateId = "t1"
        },
        Customer = new CustomerDetails
        {
            FirstName = "A",
            LastName = "B",
            CompanyName = "C",
            Address1 = "Street",
            Address2 = "",
            HouseNumber = "1a",
            ZipCode = "1000 AA",
            City = "D",
            State = "E",
            Country = "NL",
            Phone = "06",
            Email = "a@example.com",
            IpAddress = "192.0.2.1",
            ForwardedIp = "192.0.2.2",
            Locale = "nl_NL",
            UserAgent = "browser",
            Referrer = "https://shop.example",
            Reference = "r",
            Gender = "female",
            Birthday = "1970-07-10",
            DisableSendEmail = true
        },
        Delivery = new CustomerDetails { FirstName = "F" },
        ShoppingCart = new ShoppingCart
        {
            Items =
            [
                new CartItem
                {
                    Name = "Chair", Description = "Oak", UnitPrice = 13.761467889m, Quantity = 2, MerchantItemId = "1", TaxTableSelector = "9",
                    Weight = new ItemWeight { Unit = "KG", Value = 1.50m }
                },
                new CartItem { UnitPrice = -8.2644628099m, Quantity = 1, MerchantItemId = ShoppingCart.ShippingItemId }
            ]
        },
        CheckoutOptions = new CheckoutOptions
        {
            ValidateCart = true,
            TaxTables = new TaxTables
            {
                Default = new DefaultTaxTable { ShippingTaxed = true, Rate = 0.21m },
                Alternate = [new TaxTable { Name = "9", Standalone = true, Rules = [new TaxRule { Rate = 0.09m, Country = "NL" }] }]
            }
        },
        GatewayInfo = new GatewayInfo { Birthday = "1970-07-10", Gender = "female", Phone = "06", Email = "a@example.com", BankAccount = "NL00" },
        PaymentData = new PaymentData { Payload = "opaque", Gateway = "IDEAL", Tokenize = true },
        SecondChance = new SecondChance(true),
        DaysActive = 30,
        SecondsActive = 3600,
        Capture = "manual",
        RecurringModel = "cardOnFile",
        RecurringId = "token",
        Var1 = "v1",
        Var2 = "v2",
        Var3 = "v3",
        CustomInfo = new CustomInfo { Custom1 = "c1", Custom2 = "c2", Custom3 = "c3" },
        Plugin = new PluginInfo { Shop = "nopCommerce", ShopVersion = "4.90", PluginVersion = "4.90.1", Partner = "p", ShopRootUrl = "https://shop.example" }
    };

    private static string Write(OrderRequest order) => Encoding.UTF8.GetString(OrderRequestWriter.Write(order).Span);

    private static void AssertJson(string actual, string expected)
    {
        var (left, right) = (JsonNode.Parse(actual), JsonNode.Parse(expected));
        if (!JsonNode.DeepEquals(left, right))
            Assert.That(Sorted(left!), Is.EqualTo(Sorted(right!)));
    }

    private static string Sorted(JsonNode node) => node switch
    {
        JsonObject value => "{" + string.Join(",\n",
            value.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"\"{pair.Key}\": {(pair.Value is null ? "null" : Sorted(pair.Value))}")) + "}",
        JsonArray value => "[" + string.Join(",\n", value.Select(element => element is null ? "null" : Sorted(element))) + "]",
        _ => node.ToJsonString()
    };

    private static void Remove(JsonObject node, ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
            node.Remove(path[0]);
        else if (node[path[0]] is JsonObject inner)
            Remove(inner, path[1..]);
    }
}
