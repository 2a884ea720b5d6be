using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Tax;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Methods;

/// <summary>The payment step, from the list to the request that MultiSafepay gets.</summary>
internal sealed class PaymentStepTests : IntegrationFixture
{
    private const string Step = "Checkout/PaymentInfo";
    private const string Iban = "NL91ABNA0417164300";
    private const string Birthday = "1971-03-14";

    [Test]
    public async Task Available_methods_are_listed_with_logos_brands_and_separate_gift_cards()
    {
        await EnterAsync();
        var page = await Host.Browser.ReadAsync(Step);
        var (methods, giftCards) = (page[..page.IndexOf("Gift card</legend>", StringComparison.Ordinal)], page[page.IndexOf("Gift card</legend>", StringComparison.Ordinal)..]);
        Assert.Multiple(() =>
        {
            Assert.That(methods, Does.Contain("value=\"IDEAL\"").And.Contain("ideal.svg\" alt=\"\" width=\"48\" height=\"30\"").And.Contain(">iDEAL | Wero<"));
            Assert.That(methods, Does.Contain("value=\"CREDITCARD\"").And.Contain("alt=\"Mastercard\"").And.Not.Contain("value=\"VISA\""));
            Assert.That(methods, Does.Not.Contain("value=\"MISTERCASH\""), "Bancontact is for Belgium");
            Assert.That(methods, Does.Not.Contain("value=\"IN3\""), "in3 begins at a hundred euros");
            Assert.That(methods, Does.Not.Contain("value=\"VVVGIFTCRD\""));
            Assert.That(giftCards, Does.Contain("value=\"VVVGIFTCRD\""));
            Assert.That(methods, Does.Contain("<li hidden=\"hidden\" class=\"multisafepay-applepay\">").And.Contain("value=\"APPLEPAY\" disabled=\"disabled\""));
            Assert.That(page, Does.Not.Contain("checked="), "nobody has chosen yet");
        });
    }

    [Test]
    public async Task The_chosen_method_opens_its_own_page_and_is_shown_on_the_order()
    {
        var (order, location) = await BuyAsync("IDEAL", "Chosen payment method: iDEAL");
        var request = await Host.LastBodyAsync("POST", "orders");
        Assert.That((string?)request["gateway"], Is.EqualTo("IDEAL"));
        Assert.That((await Host.RecordAsync(order)).Current!.Gateway, Is.EqualTo("IDEAL"));
        Assert.That(order.CustomValuesXml, Does.Contain("Chosen payment method").And.Contain("iDEAL"));

        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var page = await http.GetAsync(new Uri(location));
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther), "there is nothing left to choose");
    }

    [Test]
    public async Task Without_a_chosen_method_the_request_names_no_gateway()
    {
        var (order, _) = await BuyAsync(null);
        Assert.That((await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.Null);
        Assert.That(order.CustomValuesXml, Is.Null.Or.Empty);
    }

    [Test]
    public async Task The_last_used_method_is_preselected_but_can_be_left_unchosen()
    {
        await BuyAsync("PAYPAL");
        await EnterAsync();
        Assert.That(await Host.Browser.ReadAsync(Step), Does.Contain("value=\"PAYPAL\" checked=\"checked\""));

        await Host.Browser.PostAsync(Step);
        await Host.Browser.PlaceOrderAsync();
        Assert.That((await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.Null);
    }

    [Test]
    public async Task An_earlier_choice_is_ignored_when_the_payment_step_is_skipped()
    {
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "IDEAL"));
        await Host.SetAsync<PaymentSettings>(settings => settings.SkipPaymentInfoStepForRedirectionPaymentMethods = true);
        await Host.SetAsync(settings => settings.AdditionalFee = 1);

        Assert.That(await Host.Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName), Does.EndWith("Confirm"));
        await Host.SetAsync<PaymentSettings>(settings => settings.RegenerateOrderGuidInterval = 0);
        using var other = Host.Shop.NewBrowser();
        await other.CheckOutAsync(MultiSafepayDefaults.SystemName);
        await other.PlaceOrderAsync();
        Assert.That((await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.Null);
    }

    [Test]
    public async Task Hosted_page_mode_offers_no_methods_in_the_shop()
    {
        await Host.SetAsync(settings => settings.HostedPageOnly = true);
        await EnterAsync();
        Assert.That(await Host.Browser.ReadAsync(Step), Does.Contain("secure payment page").And.Not.Contain(CustomerFields.MethodField));
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "IDEAL"));
        await Host.Browser.PlaceOrderAsync();
        Assert.That((await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.Null);
    }

    [Test]
    public async Task An_unavailable_method_is_rejected_in_the_payment_step()
    {
        await EnterAsync(countryId: 2);
        using var answer = await Host.Browser.SendAsync(Step, (CustomerFields.MethodField, "IDEAL"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("iDEAL | Wero is no longer available for this order"));

        using var unknown = await Host.Browser.SendAsync(Step, (CustomerFields.MethodField, "MADE_UP"));
        Assert.That(await unknown.Content.ReadAsStringAsync(), Does.Contain("This payment method is not available"));
    }

    [Test]
    public async Task A_country_change_that_makes_the_method_unavailable_blocks_the_order()
    {
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "IDEAL"));
        await Host.Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName, countryId: 2);

        using var answer = await Host.Browser.SendAsync("Checkout/Confirm");
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("iDEAL | Wero is no longer available for this order"));
        Assert.That(await Host.Shop.Database.ListAsync<Order>(), Is.Empty);
    }

    [Test]
    public async Task A_method_known_to_be_disabled_at_confirmation_blocks_the_order()
    {
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "IDEAL"));
        await TurnOffAsync("IDEAL");
        Host.Simulator.Time.Advance(MethodCatalogue.ShownFor);
        await Host.Browser.ReadAsync("checkout");

        using var answer = await Host.Browser.SendAsync("Checkout/Confirm");
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("This payment method is not available"));
        Assert.That(await Host.Shop.Database.ListAsync<Order>(), Is.Empty);
    }

    [Test]
    public async Task A_method_rejected_by_MultiSafepay_falls_back_to_the_payment_page()
    {
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "IDEAL"));
        await TurnOffAsync("IDEAL");

        var location = await Host.Browser.PlaceOrderAsync();
        var order = (await Host.Shop.Database.ListAsync<Order>()).Single();
        Assert.That(location, Does.StartWith(Host.Simulator.Url.ToString()));
        Assert.That((await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.Null);
        Assert.That(await Host.NotesAsync(order), Has.Some.Contains("did not accept the chosen payment method iDEAL | Wero (error 1023)"));
        Assert.That((await Host.RecordAsync(order)).Attempts.Select(attempt => (attempt.OrderId, attempt.Gateway, attempt.Closed, attempt.MethodFailed)),
            Is.EqualTo(new (string, string?, bool, bool)[] { (order.CustomOrderNumber, "IDEAL", true, true), ($"{order.CustomOrderNumber}-2", null, false, false) }));
    }

    [Test]
    public async Task A_retry_keeps_the_method_after_a_transient_failure_but_not_after_a_declined_payment()
    {
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["path"] = "orders", ["times"] = 1 });
        var (order, location) = await BuyAsync("IDEAL");
        Assert.That(location, Is.EqualTo($"/orderdetails/{order.Id}"));

        await RetryAsync(order);
        Assert.That((string?)(await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.EqualTo("IDEAL"));

        await Host.Simulator.MoveAsync((await Host.RecordAsync(order)).Current!.OrderId, "declined");
        await RetryAsync(order);
        Assert.That((await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.Null);
    }

    [Test]
    public async Task A_retry_does_not_use_a_method_that_was_disabled_meanwhile()
    {
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "status", ["status"] = 503, ["path"] = "orders", ["times"] = 1 });
        var (order, _) = await BuyAsync("IDEAL");
        await Host.SetAsync(settings => settings.Methods = MethodRules.Empty.With("IDEAL", new MethodRule { Enabled = false }).ToString());
        await RetryAsync(order);
        Assert.That((await Host.LastBodyAsync("POST", "orders"))["gateway"], Is.Null);
    }

    [Test]
    public async Task Personal_data_for_a_pay_later_method_is_sent_but_never_stored()
    {
        await EnterAsync(quantity: 4);
        Assert.That(await Host.Browser.ReadAsync(Step), Does.Contain("type=\"date\" id=\"multisafepay-in3-birthday\"").And.Contain("autocomplete=\"bday\"").And.Contain("value=\"+31 20 000 00 00\""));

        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "IN3"),
            ("multisafepay-in3-birthday", Birthday), ("multisafepay-in3-gender", "F"), ("multisafepay-in3-phone", "+31 6 12 34 56 78"), ("multisafepay-in3-bankaccount", Iban));
        Assert.That(await EverythingStoredAsync(), Does.Not.Contain(Birthday).And.Not.Contain("12 34 56 78"), "before the order is placed");
        await Host.Browser.PlaceOrderAsync();

        var request = await Host.LastBodyAsync("POST", "orders");
        var info = request["gateway_info"]!;
        Assert.Multiple(async () =>
        {
            Assert.That((string?)request["gateway"], Is.EqualTo("IN3"));
            Assert.That(((string?)info["birthday"], (string?)info["gender"], (string?)info["phone"]), Is.EqualTo((Birthday, "F", "+31612345678")));
            Assert.That(request["shopping_cart"]!["items"]!.AsArray(), Is.Not.Empty);
            Assert.That(await EverythingStoredAsync(), Does.Not.Contain(Birthday).And.Not.Contain("12 34 56 78").And.Not.Contain("12345678"));
            Assert.That(Host.Browser.Cookies.GetAllCookies().Any(cookie => cookie.Name == RequiredCustomerDataCookie.Name && cookie.Value.Length > 0 && !cookie.Expired), Is.False,
                "forgotten in the browser too");
        });
    }

    [Test]
    public async Task A_bank_account_number_is_sent_but_never_stored()
    {
        await EnterAsync();
        await Host.Browser.PostAsync(Step, (CustomerFields.MethodField, "EINVOICE"), ("multisafepay-einvoice-birthday", Birthday), ("multisafepay-einvoice-bankaccount", "nl91 abna 0417 1643 00"),
            ("multisafepay-einvoice-phone", "0612345678"));
        var cookie = Host.Browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == RequiredCustomerDataCookie.Name);
        Assert.That(cookie.HttpOnly && !cookie.Value.Contains("0417", StringComparison.Ordinal));
        await Host.Browser.PlaceOrderAsync();

        Assert.That((string?)(await Host.LastBodyAsync("POST", "orders"))["gateway_info"]!["bank_account"], Is.EqualTo(Iban));
        Assert.That(await EverythingStoredAsync(), Does.Not.Contain(Iban).And.Not.Contain("0417 1643").And.Not.Contain(Birthday));
    }

    [Test]
    public async Task Invalid_customer_fields_are_reported_and_valid_input_is_kept()
    {
        await EnterAsync(quantity: 4);
        using var answer = await Host.Browser.SendAsync(Step, (CustomerFields.MethodField, "IN3"), ("multisafepay-in3-birthday", "2031-01-01"), ("multisafepay-in3-phone", "0612345678"));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(page, Does.Contain("Please check your date of birth.").And.Contain("Please choose your gender.").And.Not.Contain("Please enter your phone number."));
            Assert.That(page, Does.Contain("aria-invalid=\"true\" aria-describedby=\"multisafepay-in3-birthday-problem\""));
            Assert.That(page, Does.Contain("value=\"IN3\" checked=\"checked\"").And.Contain("value=\"0612345678\""));
        });
    }

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, false)]
    public async Task The_fee_of_the_chosen_method_is_exact_on_the_order_and_in_the_request(bool isTaxable, bool includesTax)
    {
        await Host.SetAsync<TaxSettings>(settings => (settings.PaymentMethodAdditionalFeeIsTaxable, settings.PaymentMethodAdditionalFeeIncludesTax) = (isTaxable, includesTax));
        await Host.SetAsync(settings =>
        {
            settings.AdditionalFee = 0.35m;
            settings.Methods = MethodRules.Empty.With("PAYPAL", new MethodRule { Enabled = true, Fee = 3.4m, FeeIsPercentage = true })
                .With("BANKTRANS", new MethodRule { Enabled = true, Fee = 0 }).ToString();
        });

        var (general, _) = await BuyAsync("IDEAL");
        await AssertChargedAsync(general, isTaxable && !includesTax ? 0.42m : 0.35m);
        var (paypal, _) = await BuyAsync("PAYPAL");
        Assert.That(paypal.PaymentMethodAdditionalFeeInclTax, Is.GreaterThan(1));
        await AssertChargedAsync(paypal, paypal.PaymentMethodAdditionalFeeInclTax);
        var (free, _) = await BuyAsync("BANKTRANS");
        await AssertChargedAsync(free, 0);
        var (hosted, _) = await BuyAsync(null);
        await AssertChargedAsync(hosted, isTaxable && !includesTax ? 0.42m : 0.35m);
    }

    [TestCase("no key")]
    [TestCase("store")]
    [TestCase("no method")]
    public async Task The_payment_option_is_hidden_while_the_store_cannot_take_payments(string why)
    {
        await Host.SetAsync(settings =>
        {
            settings.TestApiKey = why == "no key" ? string.Empty : settings.TestApiKey;
            settings.Enabled = why != "store";
            settings.NewMethodsEnabled = why != "no method";
        });
        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        Assert.That(await Host.Browser.ReadAsync("checkout"), Does.Not.Contain(MultiSafepayDefaults.SystemName));

        await Host.Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        await Host.Browser.PostAsync(Step);
        using var answer = await Host.Browser.SendAsync("Checkout/Confirm");
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("cannot be paid this way"), "hiding is cosmetic");
        Assert.That(await Host.Shop.Database.ListAsync<Order>(), Is.Empty);
    }

    private async Task AssertChargedAsync(Order order, decimal fee)
    {
        var request = await Host.LastBodyAsync("POST", "orders");
        Assert.Multiple(() =>
        {
            Assert.That(order.PaymentMethodAdditionalFeeInclTax, Is.EqualTo(fee));
            Assert.That((long)request["amount"]!, Is.EqualTo((long)(order.OrderTotal * 100)));
            Assert.That(request["shopping_cart"]!.ToJsonString().Contains("Payment fee", StringComparison.Ordinal), Is.EqualTo(fee > 0));
        });
    }

    private async Task EnterAsync(int quantity = 1, int countryId = 1)
    {
        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", $"{quantity}"));
        await Host.Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName, countryId);
    }

    private async Task<(Order Order, string Location)> BuyAsync(string? gateway, string confirmed = "")
    {
        await EnterAsync();
        await Host.Browser.PostAsync(Step, gateway is null ? [] : [(CustomerFields.MethodField, gateway)]);
        if (confirmed.Length > 0)
            Assert.That(await Host.Browser.ReadAsync("Checkout/Confirm"), Does.Contain(confirmed));
        var location = await Host.Browser.PlaceOrderAsync();
        return ((await Host.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!, location);
    }

    private Task<string> RetryAsync(Order order) => Host.Browser.PostAsync($"orderdetails/repostpayment/{order.Id}");

    private Task TurnOffAsync(string gateway) => Host.Simulator.ControlAsync(HttpMethod.Post, $"gateways/{gateway}/off");

    private Task<string> EverythingStoredAsync() => Task.FromResult(string.Join('\n', Host.Shop.Database.Everything().Select(row => JsonSerializer.Serialize(row, row.GetType()))));
}
