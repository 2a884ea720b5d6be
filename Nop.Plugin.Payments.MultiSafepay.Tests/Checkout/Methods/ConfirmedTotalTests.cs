using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Tax;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Tests.Journeys;
using Nop.Plugin.Payments.MultiSafepay.Tests.Shop;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Methods;

/// <summary>
/// What the customer confirms is what is placed and what is charged: for every kind of fee, in both checkouts, however often the customer changes the mind. One shop serves
/// the whole table, a row after the other.
/// </summary>
[Parallelizable(ParallelScope.Self)]
internal sealed partial class ConfirmedTotalTests
{
    private const string Card = "CREDITCARD";
    private const string PayPal = "PAYPAL";

    // The sample product, delivered free.
    private const decimal CartTotal = 39.90m;

    private World _world = null!;

    /// <summary>Which fee the owner has set.</summary>
    internal enum Fee
    {
        None,
        Fixed,
        Percentage,
        General
    }

    /// <summary>The methods that are chosen, one after the other; null leaves the choice to the payment page.</summary>
    private static readonly string?[][] _choices = [[Card], [Card, PayPal], [Card, PayPal, null]];

    private static IEnumerable<TestCaseData> Table =>
        from fee in Enum.GetValues<Fee>()
        from isTaxed in new[] { true, false }
        from isOnePage in new[] { true, false }
        from choices in _choices
        from currency in new[] { "EUR", "USD" }
        select new TestCaseData(fee, isTaxed, isOnePage, choices, currency).SetArgDisplayNames(
            $"{fee}", isTaxed ? "taxed" : "not taxed", isOnePage ? "one page" : "multi-step", string.Join(" then ", choices.Select(choice => choice ?? "payment page")), currency);

    [OneTimeSetUp]
    public async Task StartWorld() => _world = await World.StartAsync();

    [OneTimeTearDown]
    public async Task StopWorld() => await _world.DisposeAsync();

    [SetUp]
    public async Task SetDefaults()
    {
        await _world.SetAsync<PaymentSettings>(settings => (settings.BypassPaymentMethodSelectionIfOnlyOne, settings.SkipPaymentInfoStepForRedirectionPaymentMethods) = (false, false));
        await _world.Simulator.DeleteAsync("requests");
    }

    [TestCaseSource(nameof(Table))]
    public async Task What_is_shown_is_placed_and_charged(Fee fee, bool isTaxed, bool isOnePage, string?[] choices, string currency)
    {
        await SetAsync(fee, isTaxed, isOnePage);
        using var customer = await NewCustomerAsync(isOnePage, currency);
        var shown = string.Empty;
        foreach (var choice in choices)
            shown = await customer.ChooseAsync(choice);

        await AssertChargedAsync(customer, shown, FeeInclTax(fee, isTaxed, choices[^1]), choices[^1]);
    }

    [Test]
    public async Task What_is_shown_is_placed_and_charged_where_the_shop_skips_the_steps([Values] bool isOnePage, [Values(Fee.General, Fee.Fixed)] Fee fee)
    {
        await SetAsync(fee, isTaxed: true, isOnePage);
        await _world.SetAsync<PaymentSettings>(settings => (settings.BypassPaymentMethodSelectionIfOnlyOne, settings.SkipPaymentInfoStepForRedirectionPaymentMethods) = (true, true));
        using var customer = await NewCustomerAsync(isOnePage, "EUR");

        await AssertChargedAsync(customer, customer.Totals, FeeInclTax(fee, isTaxed: true, choice: null), choice: null);
    }

    private async Task SetAsync(Fee fee, bool isTaxed, bool isOnePage)
    {
        await _world.SetAsync<OrderSettings>(settings => settings.OnePageCheckoutEnabled = isOnePage);
        await _world.SetAsync<TaxSettings>(settings => (settings.PaymentMethodAdditionalFeeIsTaxable, settings.PaymentMethodAdditionalFeeIncludesTax) = (isTaxed, false));
        await _world.SetAsync(settings =>
        {
            settings.AdditionalFee = OwnFee(fee, null);
            settings.Methods = fee is Fee.Fixed or Fee.Percentage
                ? MethodRules.Empty.With(Card, Rule(Card)).With(PayPal, Rule(PayPal)).ToString()
                : string.Empty;
        });

        MethodRule Rule(string gateway) => new() { Enabled = true, Fee = OwnFee(fee, gateway), FeeIsPercentage = fee == Fee.Percentage };
    }

    /// <summary>The fee of a method as the owner sets it; null for the payment page.</summary>
    private static decimal OwnFee(Fee fee, string? gateway) => (fee, gateway) switch
    {
        (Fee.None, _) => 0,
        (Fee.Fixed, Card) => 1.50m,
        (Fee.Fixed, PayPal) => 2.75m,
        (Fee.Percentage, Card) => 5,
        (Fee.Percentage, PayPal) => 3.4m,
        _ => 0.95m
    };

    private static decimal FeeInclTax(Fee fee, bool isTaxed, string? choice)
    {
        var own = OwnFee(fee, choice);
        var amount = fee == Fee.Percentage && choice is not null ? Math.Round(CartTotal * own / 100, 2) : own;
        return Math.Round(isTaxed ? amount * 1.21m : amount, 2);
    }

    private async Task AssertChargedAsync(Customer customer, string shown, decimal fee, string? choice)
    {
        await customer.PlaceAsync();
        var order = (await _world.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!;
        var request = await _world.LastBodyAsync("POST", "orders");
        Assert.Multiple(async () =>
        {
            Assert.That(shown, Is.EqualTo(TotalsOf(await customer.Browser.ReadAsync($"orderdetails/{order.Id}"))), "the confirmation, and the order");
            Assert.That(SumOf(shown), Is.EqualTo((decimal)(long)request["amount"]! / 100), "the confirmation, and the charge");
            Assert.That((string?)request["currency"], Is.EqualTo(order.CustomerCurrencyCode));
            Assert.That(((string?)request["gateway"], order.PaymentMethodAdditionalFeeInclTax), Is.EqualTo((choice, fee)), "the fee is that of the method");
            Assert.That(order.OrderTotal, Is.EqualTo(CartTotal + fee));
        });
    }

    private async Task<Customer> NewCustomerAsync(bool isOnePage, string currency)
    {
        var browser = _world.Shop.NewBrowser();
        var id = (await _world.Shop.Database.ListAsync<Currency>(row => row.CurrencyCode == currency)).Single().Id;
        await browser.PostAsync("Home/SetCurrency", ("id", $"{id}"));
        await browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        var customer = isOnePage ? new OnePageCustomer(browser) : (Customer)new PatientCustomer(browser);
        await customer.EnterAsync();
        return customer;
    }

    private static string TotalsOf(string page) => Blank().Replace(Totals().Match(page).Value, " ");

    private static decimal SumOf(string totals) => decimal.Parse(Sum().Match(totals).Groups["sum"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<dl class="totals.*?</dl>""", RegexOptions.Singleline)]
    private static partial Regex Totals();

    [GeneratedRegex("""<dt>Total</dt> <dd>\S+ (?<sum>[\d.]+)</dd>""")]
    private static partial Regex Sum();

    [GeneratedRegex("""\s+""")]
    private static partial Regex Blank();

    /// <summary>A customer in one of the two checkouts, from the address to the payment page.</summary>
    private abstract class Customer(ShopBrowser browser) : IDisposable
    {
        public ShopBrowser Browser { get; } = browser;

        /// <summary>The totals of the confirmation that is shown; empty while none is.</summary>
        public string Totals { get; protected set; } = string.Empty;

        /// <summary>Enters the address, and chooses MultiSafepay where the shop lets choose.</summary>
        public abstract Task EnterAsync();

        /// <summary>Chooses in the payment step, and reads the confirmation.</summary>
        public abstract Task<string> ChooseAsync(string? gateway);

        /// <summary>Places the order, and goes where the shop sends.</summary>
        public abstract Task PlaceAsync();

        public void Dispose() => Browser.Dispose();

        protected static (string Name, string Value)[] Form(string? gateway) => gateway is null ? [] : [(CustomerFields.MethodField, gateway)];
    }

    private sealed class PatientCustomer(ShopBrowser browser) : Customer(browser)
    {
        public override async Task EnterAsync()
        {
            if ((await Browser.EnterAddressAsync(MultiSafepayDefaults.SystemName)).EndsWith("Confirm", StringComparison.Ordinal))
                Totals = TotalsOf(await Browser.ReadAsync("Checkout/Confirm"));
        }

        public override async Task<string> ChooseAsync(string? gateway)
        {
            await Browser.PostAsync("Checkout/PaymentInfo", Form(gateway));
            return Totals = TotalsOf(await Browser.ReadAsync("Checkout/Confirm"));
        }

        public override Task PlaceAsync() => Browser.PlaceOrderAsync();
    }

    private sealed class OnePageCustomer(ShopBrowser browser) : Customer(browser)
    {
        public override async Task EnterAsync()
        {
            var answer = await Browser.PostSectionAsync("OpcSaveBilling", ShopBrowser.Address);
            if (answer.Section == "payment-method")
                answer = await Browser.PostSectionAsync("OpcSavePaymentMethod", ("paymentmethod", MultiSafepayDefaults.SystemName));
            if (answer.Section != "payment-info")
                Read(answer);
        }

        public override async Task<string> ChooseAsync(string? gateway) => Read(await Browser.PostSectionAsync("OpcSavePaymentInfo", Form(gateway)));

        public override async Task PlaceAsync()
        {
            var (section, address) = await Browser.PostSectionAsync("OpcConfirmOrder");
            Assert.That(section, Is.EqualTo("redirect"), address);
            using var answer = await Browser.GetAsync(address);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        }

        private string Read((string Section, string Html) answer)
        {
            Assert.That(answer.Section, Is.EqualTo("confirm-order"), answer.Html);
            return Totals = TotalsOf(answer.Html);
        }
    }
}
