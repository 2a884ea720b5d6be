using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Tax;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Orders;
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
    private const string Bank = "BANKTRANS";

    // The sample product, delivered free.
    private const decimal CartTotal = 39.90m;

    private IntegrationHost _host = null!;
    private bool _failsOnce;

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
    public async Task StartHost() => _host = await IntegrationHost.StartAsync(options => options with { ConfigureServices = services => FailingOrderService.Add(services, IsDown) });

    [OneTimeTearDown]
    public async Task StopHost() => await _host.DisposeAsync();

    [SetUp]
    public async Task SetDefaults()
    {
        await _host.SetAsync<PaymentSettings>(settings => (settings.BypassPaymentMethodSelectionIfOnlyOne, settings.SkipPaymentInfoStepForRedirectionPaymentMethods) = (false, false));
        await _host.Simulator.DeleteAsync("requests");
    }

    [TestCaseSource(nameof(Table))]
    public async Task The_displayed_total_is_placed_and_charged(Fee fee, bool isTaxed, bool isOnePage, string?[] choices, string currency)
    {
        await SetAsync(fee, isTaxed, isOnePage);
        using var customer = await NewCustomerAsync(isOnePage, currency);
        var shown = string.Empty;
        foreach (var choice in choices)
            shown = await customer.ChooseAsync(choice);

        await AssertChargedAsync(customer, shown, FeeInclTax(fee, isTaxed, choices[^1]), choices[^1]);
    }

    [Test]
    public async Task The_displayed_total_is_placed_and_charged_when_payment_steps_are_skipped([Values] bool isOnePage, [Values(Fee.General, Fee.Fixed)] Fee fee)
    {
        await SetAsync(fee, isTaxed: true, isOnePage);
        await _host.SetAsync<PaymentSettings>(settings => (settings.BypassPaymentMethodSelectionIfOnlyOne, settings.SkipPaymentInfoStepForRedirectionPaymentMethods) = (true, true));
        using var customer = await NewCustomerAsync(isOnePage, "EUR");

        await AssertChargedAsync(customer, customer.Totals, FeeInclTax(fee, isTaxed: true, choice: null), choice: null);
    }

    [Test]
    public async Task An_order_that_failed_to_save_is_placed_on_retry_with_the_same_fee([Values] bool isOnePage)
    {
        await SetAsync(Fee.Fixed, isTaxed: true, isOnePage);
        using var customer = await NewCustomerAsync(isOnePage, "EUR");
        var shown = await customer.ChooseAsync(Card);

        _failsOnce = true;
        Assert.That(await customer.FailAsync(), Is.EqualTo(shown));
        await AssertChargedAsync(customer, shown, FeeInclTax(Fee.Fixed, isTaxed: true, Card), Card);
    }

    [Test]
    public async Task A_method_chosen_in_another_tab_is_charged_with_its_own_fee([Values] bool isOnePage, [Values(PayPal, null)] string? later)
    {
        await SetAsync(Fee.Fixed, isTaxed: true, isOnePage);
        using var customer = await NewCustomerAsync(isOnePage, "EUR");
        var earlier = await customer.ChooseAsync(Card);
        var shown = await customer.ChooseAsync(later);

        Assert.That(shown, Is.Not.EqualTo(earlier));
        await AssertChargedAsync(customer, shown, FeeInclTax(Fee.Fixed, isTaxed: true, later), later);
    }

    [Test]
    public async Task Only_the_fee_of_the_method_itself_counts_toward_its_amount_limits([Values] bool isOnePage)
    {
        await SetAsync(Fee.Fixed, isTaxed: true, isOnePage);
        await _host.SetAsync(settings => settings.Methods = MethodRules.Empty
            .With(Card, new MethodRule { Enabled = true, Max = CartTotal, Fee = 0 })
            .With(PayPal, new MethodRule { Enabled = true, Fee = 2.75m })
            .With(Bank, new MethodRule { Enabled = true, Max = CartTotal, Fee = 1.50m }).ToString());
        using var customer = await NewCustomerAsync(isOnePage, "EUR");

        Assert.That(await customer.RefusalAsync(Bank), Does.Contain("no longer available"), "in the step, not at the last button");
        await customer.ChooseAsync(PayPal);
        var shown = await customer.ChooseAsync(Card);
        await AssertChargedAsync(customer, shown, fee: 0, Card);
    }

    private bool IsDown(string method) => method == nameof(IOrderService.InsertOrderAsync) && Interlocked.Exchange(ref _failsOnce, false);

    private async Task SetAsync(Fee fee, bool isTaxed, bool isOnePage)
    {
        await _host.SetAsync<OrderSettings>(settings => settings.OnePageCheckoutEnabled = isOnePage);
        await _host.SetAsync<TaxSettings>(settings => (settings.PaymentMethodAdditionalFeeIsTaxable, settings.PaymentMethodAdditionalFeeIncludesTax) = (isTaxed, false));
        await _host.SetAsync(settings =>
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

    private async Task AssertChargedAsync(CheckoutCustomer customer, string shown, decimal fee, string? choice)
    {
        await customer.PlaceAsync();
        var order = (await _host.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!;
        var request = await _host.LastBodyAsync("POST", "orders");
        Assert.Multiple(async () =>
        {
            Assert.That(shown, Is.EqualTo(CheckoutCustomer.TotalsOf(await customer.Browser.ReadAsync($"orderdetails/{order.Id}"))), "the confirmation, and the order");
            Assert.That(SumOf(shown), Is.EqualTo((decimal)(long)request["amount"]! / 100), "the confirmation, and the charge");
            Assert.That((string?)request["currency"], Is.EqualTo(order.CustomerCurrencyCode));
            Assert.That(((string?)request["gateway"], order.PaymentMethodAdditionalFeeInclTax), Is.EqualTo((choice, fee)), "the fee is that of the method");
            Assert.That(order.OrderTotal, Is.EqualTo(CartTotal + fee));
        });
    }

    private async Task<CheckoutCustomer> NewCustomerAsync(bool isOnePage, string currency)
    {
        var browser = _host.Shop.NewBrowser();
        var id = (await _host.Shop.Database.ListAsync<Currency>(row => row.CurrencyCode == currency)).Single().Id;
        await browser.PostAsync("Home/SetCurrency", ("id", $"{id}"));
        await browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        var customer = isOnePage ? new OnePageCustomer(browser) : (CheckoutCustomer)new StepByStepCustomer(browser);
        await customer.EnterAsync();
        return customer;
    }

    private static decimal SumOf(string totals) => decimal.Parse(Sum().Match(totals).Groups["sum"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<dt>Total</dt> <dd>\S+ (?<sum>[\d.]+)</dd>""")]
    private static partial Regex Sum();
}
