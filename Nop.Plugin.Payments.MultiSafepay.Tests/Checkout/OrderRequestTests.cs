using System.Net;
using Nop.Core.Domain.Common;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>What stands in a request: where it comes from, and what may not change it.</summary>
[TestFixture]
internal sealed class OrderRequestTests
{
    private static readonly MethodChoice _klarna = new() { Gateway = "KLARNA" };

    private static OrderBuilder Builder => new OrderBuilder().Buy("Kettle", 49.95m, 21);

    [Test]
    public async Task A_request_contains_order_customer_and_shop_details()
    {
        var request = await Builder.RequestAsync();

        Assert.Multiple(() =>
        {
            Assert.That(request, Has.Property("Type").EqualTo("redirect").And.Property("Gateway").Null.And.Property("OrderId").EqualTo("4711"));
            Assert.That((request.Currency, request.Amount), Is.EqualTo(("EUR", 4995L)));
            Assert.That(request.Description, Is.EqualTo("4711 - Fairy Shop"));
            Assert.That(request.Var1, Is.EqualTo("0f8fad5b-d9cb-469f-a165-70867728950e:4711"));
            Assert.That(request.PaymentOptions!.NotificationUrl, Is.EqualTo("https://shop.example/multisafepay/notification/1"));
            Assert.That(request.PaymentOptions.NotificationMethod, Is.EqualTo("POST"));
            Assert.That(request.Customer, Is.EqualTo(new CustomerDetails
            {
                FirstName = "Ada",
                LastName = "Lovelace",
                Address1 = "Kraanspoor",
                HouseNumber = "39C",
                ZipCode = "1033 SC",
                City = "Amsterdam",
                Country = "NL",
                Phone = "+31208500500",
                Email = "ada@example.com",
                IpAddress = "203.0.113.7",
                Locale = "nl_NL",
                UserAgent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/131.0"
            }));
            Assert.That(request.Delivery, Has.Property("HouseNumber").EqualTo("39C").And.Property("Locale").Null.And.Property("IpAddress").Null);
            Assert.That((request.DaysActive, request.SecondsActive, request.SecondChance!.SendEmail), Is.EqualTo((30, (int?)null, false)));
            Assert.That(request.Plugin, Has.Property("Shop").EqualTo("nopCommerce").And.Property("ShopVersion").Not.Empty.And.Property("PluginVersion").Match("^[0-9]+\\.[0-9]+"));
            Assert.That(request.GatewayInfo, Is.Null);
        });
    }

    [Test]
    public async Task Request_options_follow_the_settings()
    {
        var builder = Builder;
        builder.Settings.DescriptionTemplate = "{store_name} #{order_number}/{order_id}";
        builder.Settings.OrderIdTemplate = "WEB-{order_number}";
        (builder.Settings.LinkLifetime, builder.Settings.LinkLifetimeUnit) = (2, LifetimeUnit.Hours);
        (builder.Settings.SecondChance, builder.Settings.TemplateId) = (true, " styled ");
        var request = await builder.RequestAsync(attempt: 3);

        Assert.That(
            (request.Description, request.OrderId, request.DaysActive, request.SecondsActive, request.SecondChance!.SendEmail, request.PaymentOptions!.TemplateId),
            Is.EqualTo(("Fairy Shop #4711/4711", "WEB-4711-3", (int?)null, 7200, true, "styled")));
    }

    [Test]
    public async Task A_description_is_truncated_and_never_empty()
    {
        var builder = Builder;
        builder.Settings.DescriptionTemplate = new string('x', 199) + "🎁";
        Assert.That((await builder.RequestAsync()).Description, Is.EqualTo(new string('x', 199)));

        builder.Settings.DescriptionTemplate = "<br>";
        Assert.That((await builder.RequestAsync()).Description, Is.EqualTo("4711"));
    }

    [Test]
    public async Task The_cart_can_be_disabled_except_for_pay_later_methods()
    {
        var builder = Builder;
        builder.Settings.SendCart = false;

        Assert.That(await builder.RequestAsync(), Has.Property("ShoppingCart").Null.And.Property("CheckoutOptions").Null);
        Assert.That((await builder.RequestAsync(_klarna)).ShoppingCart, Is.Not.Null);
        Assert.That((await builder.RequestAsync(new MethodChoice { Gateway = "NEW", ShoppingCartRequired = true })).ShoppingCart, Is.Not.Null);
    }

    [TestCase("AFTERPAY EINVOICE IN3 IN3B2B KLARNA PAYAFTER BNPL_INSTM BNPL_INST BNPL_OB BNPL_MF SANTANDER ZINIA ZINIA_IN3 BILLINK klarna", true)]
    [TestCase("IDEAL CREDITCARD PAYPAL VVVGIFTCRD", false)]
    public void Pay_later_methods_require_the_cart(string gateways, bool needed)
    {
        foreach (var gateway in gateways.Split(' '))
            Assert.That(new MethodChoice { Gateway = gateway }.NeedsCart, Is.EqualTo(needed), gateway);
        Assert.That(MethodChoice.PaymentPage.NeedsCart, Is.False);
    }

    [Test]
    public async Task Personal_data_is_sent_only_when_the_method_requires_it()
    {
        var all = await Builder.RequestAsync(_klarna with { RequiredCustomerData = ["birthday", "gender", "phone", "email", "bank_account"] });
        Assert.That(all.GatewayInfo, Is.EqualTo(new GatewayInfo { Birthday = "1985-12-10", Gender = "F", Phone = "+31208500500", Email = "ada@example.com" }));

        var one = await Builder.RequestAsync(_klarna with { RequiredCustomerData = ["birthday"] });
        Assert.That(one.GatewayInfo, Is.EqualTo(new GatewayInfo { Birthday = "1985-12-10" }));

        var unknown = await Builder.With(builder => builder.Customer = null).RequestAsync(_klarna with { RequiredCustomerData = ["birthday", "gender"] });
        Assert.That(unknown.GatewayInfo, Is.Null);
    }

    // A pickup point may have no postal code; the provider checks an address all the same.
    [Test]
    public async Task A_pay_later_order_uses_the_billing_address_if_the_pickup_point_has_an_incomplete_one()
    {
        var order = new OrderBuilder().Buy("Kettle", 49.95m, 21).With(builder =>
        {
            (builder.Order.PickupInStore, builder.Order.PickupAddressId, builder.Order.ShippingAddressId) = (true, 3, null);
            builder.Addresses[3] = new Nop.Core.Domain.Common.Address { Address1 = "Stationsplein 9", City = "Utrecht", CountryId = 1 };
        });

        Assert.That((await order.RequestAsync(new MethodChoice { Gateway = "KLARNA" })).Delivery?.City, Is.EqualTo("Amsterdam"));
        Assert.That((await order.RequestAsync(new MethodChoice { Gateway = "IDEAL" })).Delivery, Is.Null);
    }

    [Test]
    public async Task A_pay_later_order_to_a_street_without_a_number_is_sent_with_an_empty_one()
    {
        var order = new OrderBuilder("GB").Buy("Kettle", 49.95m, 21).With(builder => builder.Addresses[1].Address1 = builder.Addresses[2].Address1 = "Rose Cottage");
        var request = await order.RequestAsync(new MethodChoice { Gateway = "KLARNA" });
        Assert.That((request.Customer?.HouseNumber, request.Delivery?.HouseNumber, request.Delivery?.Address1), Is.EqualTo(("", "", "Rose Cottage")));
        Assert.That((await order.RequestAsync()).Customer?.HouseNumber, Is.Null);
    }

    [TestCase("😀", "😀.")]
    [TestCase("J", "J.")]
    [TestCase("Jo", "Jo")]
    public async Task A_name_of_one_character_is_completed_by_a_full_stop(string name, string expected) =>
        Assert.That((await new OrderBuilder().Buy("Kettle", 49.95m, 21).With(builder => builder.Addresses[1].FirstName = name).RequestAsync()).Customer?.FirstName, Is.EqualTo(expected));

    [TestCase(null, "912 345 678", null, "+351912345678")]
    [TestCase("BIZUM", "912 345 678", null, "+351912345678")]
    [TestCase("MBWAY", "+351 912 345 678", null, "912345678")]
    [TestCase("MBWAY", "+351 912 345 678", "961 234 567", "961234567")]
    [TestCase("MBWAY", "+34 612 345 678", null, "+34612345678")]
    public async Task MB_WAY_gets_a_Portuguese_number_without_the_calling_code(string? gateway, string billing, string? entered, string sent)
    {
        var request = await Builder.With(builder => (builder.Addresses[1].CountryId, builder.Addresses[1].PhoneNumber) = (9, billing)).RequestAsync(new MethodChoice
        {
            Gateway = gateway,
            RequiredCustomerData = ["phone"],
            CustomerData = new RequiredCustomerData { Phone = entered }
        });

        Assert.That((request.Customer!.Phone, request.GatewayInfo!.Phone), Is.EqualTo((sent, sent)));
    }

    [Test]
    public async Task A_delivery_address_is_sent_for_shipped_picked_up_or_pay_later_orders()
    {
        Assert.That((await Builder.With(builder => builder.Order.ShippingAddressId = null).RequestAsync()).Delivery, Is.Null, "nothing shipped");
        Assert.That((await Builder.With(builder => builder.Order.ShippingAddressId = null).RequestAsync(_klarna)).Delivery!.Address1, Is.EqualTo("Kraanspoor"), "nothing shipped, paid later");
        Assert.That((await Builder.With(builder => builder.Addresses[2].ZipPostalCode = " ").RequestAsync()).Delivery, Is.Null, "incomplete");

        var pickup = await Builder.With(builder =>
        {
            (builder.Order.PickupInStore, builder.Order.PickupAddressId) = (true, 3);
            builder.Addresses[3] = new Address { Address1 = "Stationsplein 9 K", City = "Utrecht", ZipPostalCode = "3511 CE", CountryId = 1 };
        }).RequestAsync();
        Assert.That(
            (pickup.Delivery!.FirstName, pickup.Delivery.LastName, pickup.Delivery.Address1, pickup.Delivery.HouseNumber, pickup.Delivery.City),
            Is.EqualTo(("Ada", "Lovelace", "Stationsplein", "9 K", "Utrecht")));
    }

    [Test]
    public async Task Customer_details_come_from_the_account_without_a_billing_address()
    {
        var request = await Builder.With(builder => builder.Addresses.Clear()).RequestAsync();
        Assert.That(request.Customer, Has.Property("FirstName").EqualTo("Ada").And.Property("Email").EqualTo("ada@example.com").And.Property("Country").Null);

        var nobody = await Builder.With(builder => (builder.Customer, builder.Http, builder.Culture) = (null, null, null)).With(builder => builder.Addresses.Clear()).RequestAsync();
        Assert.That(nobody.Customer, Is.EqualTo(new CustomerDetails { IpAddress = "203.0.113.7", Locale = "en_US" }));
    }

    [TestCase("House number", "7=39", "39")]
    [TestCase(" house NUMBER , 8", "7=39;8=C", "39 C")]
    [TestCase("7", "7=39", "39")]
    [TestCase("Suffix", "7=39", "12")]
    [TestCase("Other", "7=39", "12")]
    [TestCase("", "7=39", "12")]
    [TestCase("House number", null, "12")]
    [TestCase("House number", "7=39 second floor", "39")]
    [TestCase("House number", "7=the one with the blue door", null)]
    public async Task A_house_number_is_read_from_the_configured_address_attribute(string setting, string? values, string? expected)
    {
        var builder = Builder;
        builder.Settings.HouseNumberAttribute = setting;
        builder.AddressAttributes[7] = new AddressAttribute { Id = 7, Name = "House number" };
        builder.AddressAttributes[8] = new AddressAttribute { Id = 8, Name = "Suffix" };
        (builder.Addresses[1].Address1, builder.Addresses[1].CustomAttributes) = ("Kraanspoor 12", values);

        Assert.That((await builder.RequestAsync()).Customer!.HouseNumber, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_house_number_in_both_fields_is_removed_from_the_street()
    {
        var builder = Builder;
        builder.Settings.HouseNumberAttribute = "7";
        builder.AddressAttributes[7] = new AddressAttribute { Id = 7, Name = "House number" };
        (builder.Addresses[1].Address1, builder.Addresses[1].CustomAttributes) = ("Kraanspoor 39C", "7=39c");
        Assert.That((await builder.RequestAsync()).Customer, Has.Property("Address1").EqualTo("Kraanspoor").And.Property("HouseNumber").EqualTo("39C"));
    }

    // The owner creates a payment link in the admin area: MultiSafepay's fraud check must not see the owner as the customer.
    [TestCase(1, false)]
    [TestCase(null, true)]
    public async Task The_browser_of_somebody_else_is_not_sent_as_that_of_the_customer(int? visitorId, bool isImpersonated)
    {
        var builder = new OrderBuilder { VisitorId = visitorId, IsImpersonated = isImpersonated }.Buy("Kettle", 49.95m, 21);
        builder.Order.CustomerIp = "198.51.100.9";
        builder.Http!.Request.Headers["X-Forwarded-For"] = "203.0.113.99";

        var customer = (await builder.RequestAsync()).Customer!;

        Assert.That((customer.IpAddress, customer.ForwardedIp, customer.UserAgent), Is.EqualTo(("198.51.100.9", (string?)null, (string?)null)));
    }

    [TestCase("10.0.0.1", "203.0.113.9, 10.0.0.1", "198.51.100.1", "10.0.0.1", "203.0.113.9")]
    [TestCase("203.0.113.9", "203.0.113.9", null, "203.0.113.9", null)]
    [TestCase("::ffff:203.0.113.9", null, null, "203.0.113.9", null)]
    [TestCase(null, null, "198.51.100.1", "198.51.100.1", null)]
    [TestCase(null, "2001:db8::1", null, "2001:db8::1", null)]
    [TestCase(null, "unknown", "unknown", null, null)]
    public async Task Only_valid_IP_addresses_are_sent(string? connection, string? forwarded, string? order, string? expected, string? expectedForwarded)
    {
        var builder = Builder;
        builder.Order.CustomerIp = order;
        builder.Http!.Connection.RemoteIpAddress = connection is null ? null : IPAddress.Parse(connection);
        builder.Http.Request.Headers["X-Forwarded-For"] = forwarded;
        var customer = (await builder.RequestAsync()).Customer!;

        Assert.That((customer.IpAddress, customer.ForwardedIp), Is.EqualTo((expected, expectedForwarded)));
    }

    [Test]
    public async Task Other_plugins_can_change_the_request()
    {
        var request = await Builder.With(builder => builder.Consumer = created => created.Request = created.Request with
        {
            Description = "Theirs",
            Var2 = "theirs",
            Customer = created.Request.Customer! with { Locale = "de_DE" },
            PaymentOptions = created.Request.PaymentOptions! with { CloseWindow = true, RedirectUrl = "https://shop.example/theirs" }
        }).RequestAsync();

        Assert.That((request.Description, request.Var2, request.Customer!.Locale, request.PaymentOptions!.CloseWindow, request.PaymentOptions.RedirectUrl),
            Is.EqualTo(("Theirs", "theirs", "de_DE", true, "https://shop.example/theirs")));
    }

    [Test]
    public async Task Other_plugins_cannot_detach_the_payment_from_its_order()
    {
        var request = await Builder.With(builder => builder.Consumer = created => created.Request = new OrderRequest
        {
            Type = OrderType.PaymentLink,
            OrderId = "theirs",
            Currency = "USD",
            Amount = 1,
            Description = "Theirs",
            Var1 = "theirs",
            DaysActive = 1,
            PaymentOptions = new PaymentOptions { NotificationUrl = "https://evil.example/", NotificationMethod = "GET" }
        }).RequestAsync();

        Assert.That((request.Type, request.OrderId, request.Currency, request.Amount, request.Var1, request.DaysActive),
            Is.EqualTo(("redirect", "4711", "EUR", 4995L, "0f8fad5b-d9cb-469f-a165-70867728950e:4711", 30)));
        Assert.That((request.PaymentOptions!.NotificationUrl, request.PaymentOptions.NotificationMethod), Is.EqualTo(("https://shop.example/multisafepay/notification/1", "POST")));
    }

    [Test]
    public async Task A_cart_changed_by_another_plugin_is_rebalanced()
    {
        var request = await Builder.With(builder => builder.Consumer = created => created.Request = created.Request with
        {
            ShoppingCart = new ShoppingCart { Items = [.. created.Request.ShoppingCart!.Items, new CartItem { Name = "Theirs", UnitPrice = 1.005m, Quantity = 3, TaxTableSelector = "VAT21" }] }
        }).RequestAsync();

        Assert.That(request.ShoppingCart!.Items.Select(item => item.Name), Is.EqualTo(new[] { "Kettle", "Theirs", "Rounding" }).Or.EqualTo(new[] { "Kettle", "Theirs", "Adjustment" }));
        Assert.That(RoundingRule.Total(request.ShoppingCart, request.CheckoutOptions!, 2), Is.EqualTo(new System.Numerics.BigInteger(4995)));
    }

    [Test]
    public async Task Other_plugins_cannot_remove_the_cart_of_a_pay_later_payment()
    {
        var request = await Builder.With(builder => builder.Consumer = created => created.Request = created.Request with { ShoppingCart = null, CheckoutOptions = null }).RequestAsync(_klarna);
        Assert.That(request.ShoppingCart!.Items, Has.Count.EqualTo(1));

        var nothing = await Builder.With(builder => builder.Consumer = created => created.Request = null!).RequestAsync();
        Assert.That(nothing.OrderId, Is.EqualTo("4711"));
    }

    [Test]
    public async Task API_keys_are_not_in_the_request()
    {
        var json = System.Text.Encoding.UTF8.GetString(
            await Builder.GiftCard(10).With(builder => (builder.Settings.TestApiKey, builder.Settings.LiveApiKey) = ("secret-test", "secret-live")).JsonAsync());

        Assert.That(json, Does.Not.Contain("secret"));
    }
}
