using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel.OpenPayments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;

/// <summary>The page of open payments lists what waits, soonest first, to those who may see orders, at a cost that does not grow with the number of orders.</summary>
[TestFixture]
internal sealed partial class OpenPaymentsTests : AfterSalesFixture
{
    private const string Page = "Admin/MultiSafepayPayments/List";

    private static readonly DateTime _now = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private static IEnumerable<TestCaseData> Affairs()
    {
        var card = Attempt("VISA") with { State = TransactionState.Authorized, AuthorizedUntilUtc = _now.AddDays(6) };
        var later = Attempt("KLARNA") with { State = TransactionState.Completed, AuthorizedUntilUtc = _now.AddDays(4) };
        var review = Attempt("VISA") with { State = TransactionState.Uncleared };
        yield return Case("an authorised card", PaymentStatus.Authorized, Record(card), (AffairKind.Capture, _now.AddDays(6)));
        yield return Case("a captured card", PaymentStatus.Paid, Record(card with { State = TransactionState.Completed, AuthorizedUntilUtc = null }));
        yield return Case("an authorised card of a cancelled order", PaymentStatus.Authorized, Record(card), cancelled: true);
        yield return Case("pay later, few days", PaymentStatus.Paid, Record(later), (AffairKind.Shipment, _now.AddDays(4)));
        yield return Case("pay later, many days", PaymentStatus.Paid, Record(later with { AuthorizedUntilUtc = _now.AddDays(20) }));
        yield return Case("pay later, reported", PaymentStatus.Paid, Record(later with { AuthorizedUntilUtc = null }));
        yield return Case("a card under review", PaymentStatus.Pending, Record(review), (AffairKind.Review, _now.AddDays(4)));
        yield return Case("another method that waits for its provider", PaymentStatus.Pending, Record(review with { Means = [new PaymentMeans("PAYPAL", "PayPal")] }));
        yield return Case("a refund that waits", PaymentStatus.Paid, Record(card with { AuthorizedUntilUtc = null }).With(Refund(RefundState.Waiting)), (AffairKind.Refund, null));
        foreach (var state in new[] { RefundState.Open, RefundState.Counted, RefundState.Off })
            yield return Case($"a refund that is {state}", PaymentStatus.Paid, Record(card with { AuthorizedUntilUtc = null }).With(Refund(state)));
        yield return Case("no payment", PaymentStatus.Pending, new PaymentRecord());

        static TestCaseData Case(string name, PaymentStatus status, PaymentRecord record, (AffairKind, DateTime?)? expected = null, bool cancelled = false) => new TestCaseData(
            new Order { PaymentStatus = status, OrderStatus = cancelled ? OrderStatus.Cancelled : OrderStatus.Processing }, record, expected).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Affairs))]
    public void Each_open_affair_is_found_with_its_end_and_nothing_else_is(Order order, PaymentRecord record, (AffairKind Kind, DateTime? UntilUtc)? expected) => Assert.That(
        OpenAffair.Of(order, record, _now).Select(affair => (affair.Kind, affair.UntilUtc)), expected is { } one ? Is.EqualTo(new[] { one }) : Is.Empty);

    [Test]
    public async Task The_page_lists_what_has_an_end_first_then_the_oldest_and_an_alert_until_it_is_dismissed()
    {
        var alerted = await PayAsync();
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<MerchantAlerts>().RaiseAsync(alerted, "Chargeback"));
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(1));
        var waiting = await PayAsync();
        await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "insufficient-balance" });
        await RefundAsync(waiting, 5);
        var held = await AuthorizeAsync();
        var failing = await PayAsync(gateway: "PAYPAL");
        await FailAsync(failing, tries: OpenAffair.LeastFailures);
        await FailAsync(await PayAsync(), tries: OpenAffair.LeastFailures - 1);

        var page = await Host.Browser.ReadAsync(Page);

        Assert.That(Lines(page).Select(line => line.Number), Is.EqualTo(new[] { held, alerted, waiting, failing }.Select(order => order.CustomOrderNumber)));
        Assert.That(Lines(page).Select(line => line.What), Is.EqualTo(new[]
        {
            "The authorisation expires at", $"Order {alerted.CustomOrderNumber}: the customer", "A refund of EUR 5.00 is already waiting", "The shop has failed 3 times"
        }).Using<string, string>((actual, beginning) => actual.StartsWith(beginning, StringComparison.Ordinal)));
        Assert.That(page, Does.Contain($"/Admin/Order/Edit/{held.Id}\"").And.Contain("6 d 23 h left").Or.Contain("7 d 0 h left"));
        Assert.That(await Host.Browser.ReadAsync("Admin/Order/List"), Does.Contain(">MultiSafepay: Payments that need you</a>"), "the menu");

        await Host.Browser.PostFromAsync(Page, "Admin/MultiSafepayPayments/Dismiss", ("id", $"{alerted.Id}.Chargeback"));
        Assert.That(Lines(await Host.Browser.ReadAsync(Page)).Select(line => line.Number), Does.Not.Contain(alerted.CustomOrderNumber));
    }

    [Test]
    public async Task The_end_of_a_shipment_is_shown_once_with_its_alert()
    {
        var order = await PayAsync(gateway: "KLARNA");
        await RunTaskAtAgeAsync(order, 24);
        Assert.That(await Host.AlertsAsync(order), Is.EqualTo(new[] { MerchantAlerts.ShipmentDue }));

        var line = Lines(await Host.Browser.ReadAsync(Page)).Single();
        Assert.That(line.What, Does.Contain("expires soon"));
        Assert.That(line.When, Does.Contain("left)"));
    }

    [Test]
    public async Task A_vendor_sees_neither_the_page_nor_its_menu_item()
    {
        await Host.BuyWithoutNotificationsAsync();
        foreach (var customer in await Host.Shop.Database.ListAsync<Customer>())
        {
            customer.VendorId = 1;
            await Host.Shop.Database.UpdateAsync(customer);
        }

        using var answer = await Host.Browser.GetAsync(Page);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await Host.Browser.ReadAsync("Admin/Order/List"), Does.Not.Contain("MultiSafepay: Payments"));
    }

    [Test]
    public async Task The_page_takes_the_same_number_of_queries_for_many_orders_as_for_one()
    {
        await AuthorizeAsync();
        await Host.Browser.ReadAsync(Page);
        var few = await ReadsAsync();
        var template = (await Host.Shop.Database.ListAsync<Order>()).Single();
        var record = (await Host.RecordAsync(template)).ToJson();
        for (var number = 2; number <= 300; number++)
        {
            var order = new Order
            {
                StoreId = 1,
                CustomOrderNumber = $"{number}",
                PaymentMethodSystemName = template.PaymentMethodSystemName,
                OrderStatus = template.OrderStatus,
                PaymentStatus = template.PaymentStatus,
                CustomerId = template.CustomerId,
                OrderGuid = Guid.NewGuid(),
                CreatedOnUtc = template.CreatedOnUtc,
                OrderTotal = template.OrderTotal
            };
            await Host.Shop.Database.InsertAsync(order);
            await Host.Shop.Database.InsertAsync(new MultiSafepayPayment { OrderId = order.Id, Version = 1, Record = number == 300 ? "damaged" : record });
            await Host.Shop.InScopeAsync(services => services.GetRequiredService<FollowUpList>().AddComparisonAsync(order.Id));
        }

        Assert.That(await ReadsAsync(), Is.EqualTo(few));
        Assert.That(Lines(await Host.Browser.ReadAsync(Page)), Has.Count.EqualTo(299), "the record that cannot be read does not keep the page from opening");
    }

    private async Task<long> ReadsAsync()
    {
        var before = Host.Shop.Database.Reads;
        await Host.Shop.InScopeAsync(services => services.GetRequiredService<OpenAffairs>().ReadAsync());
        return Host.Shop.Database.Reads - before;
    }

    private Task FailAsync(Order order, int tries)
    {
        var now = Host.Simulator.Time.GetUtcNow().UtcDateTime;
        return Host.Shop.Database.InsertAsync(
            new MultiSafepayFollowUp { OrderId = order.Id, KindId = (int)FollowUpKind.OpenWork, CreatedOnUtc = now, DueOnUtc = now.AddMinutes(30), FailedTries = tries });
    }

    private static PaymentRecord Record(PaymentAttempt attempt) => new() { Attempts = [attempt] };

    private static PaymentAttempt Attempt(string method) => new()
    {
        OrderId = "1",
        Environment = MultiSafepayEnvironment.Test,
        Currency = "EUR",
        Amount = 4995,
        CurrencyRate = 1,
        CreatedUtc = _now.AddDays(-1),
        ExpiresUtc = _now.AddDays(29),
        Means = [new PaymentMeans(method, method)]
    };

    private static RefundAttempt Refund(RefundState state) =>
        new() { RefundOrderId = "1-r1", AttemptId = "1", OrderId = "1", Amount = 500, OrderAmount = 5, CreatedUtc = _now.AddHours(-1), State = state };

    private static IReadOnlyList<(string Number, string What, string When)> Lines(string page) =>
        [.. Line().Matches(page).Select(line => (line.Groups["number"].Value, WebUtility.HtmlDecode(line.Groups["what"].Value), WebUtility.HtmlDecode(line.Groups["when"].Value)))];

    [GeneratedRegex("<a href=\"[^\"]*/Admin/Order/Edit/\\d+\">Order (?<number>[^<]+)</a>.*?role=\"cell\"[^>]*>(?<what>[^<]*)<.*?role=\"cell\"[^>]*>(?<when>[^<]*)<", RegexOptions.Singleline)]
    private static partial Regex Line();
}
