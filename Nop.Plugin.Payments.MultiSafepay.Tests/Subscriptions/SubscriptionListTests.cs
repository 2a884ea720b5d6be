using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel.SubscriptionList;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Plugin.Payments.MultiSafepay.Tests.Localization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Subscriptions;

/// <summary>The owner's list of subscriptions, on its page and as a file.</summary>
[TestFixture]
internal sealed partial class SubscriptionListTests : SubscriptionsFixture
{
    private const string Page = "Admin/MultiSafepaySubscriptions/List";
    private const string File = "Admin/MultiSafepaySubscriptions/Csv";

    private static readonly string[] _columns =
    [
        "Subscriptions.Order", "Subscriptions.Customer", "Subscriptions.Interval", "Subscriptions.State", "Subscriptions.Method", "Subscriptions.Amount", "Configuration.Check.Currency",
        "Subscriptions.Next", "Subscriptions.Left"
    ];

    [Test]
    public async Task The_page_lists_what_was_paid_with_the_plugin_and_how_it_stands()
    {
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain("There are no subscriptions."));
        var monthly = await SubscribeAsync();
        var yearly = await OrderAsync(productId: Magazine);
        var other = await InsertAsync(monthly, "Payments.CheckMoneyOrder");

        var lines = Lines(await Host.Browser.ReadAsync(Page));
        Assert.That(lines, Has.Count.EqualTo(2), "not the one that was paid with another method");
        Assert.That(lines.Select(line => line[0]), Is.EqualTo(new[] { monthly, yearly }.Select(order => order.CustomOrderNumber)).And.No.Member(other.CustomOrderNumber));
        Assert.That(lines[0][1..^2], Is.EqualTo(new[] { "sam@customer.example", "every month", "Active", "Visa •••• 1111", $"EUR {monthly.OrderTotal.ToString("N2", CultureInfo.InvariantCulture)}" }));
        Assert.That((lines[0][^2].Length > 0, lines[0][^1]), Is.EqualTo((true, "2")));
        Assert.That((lines[1][2], lines[1][3], lines[1][^2], lines[1][^1]), Is.EqualTo(("every year", "The first payment is open", "", "1")));
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Contain($"/Admin/Order/Edit/{monthly.Id}\""));
        Assert.That(await Host.Browser.ReadAsync("Admin/Order/List"), Does.Contain(">MultiSafepay: Subscriptions</a>"), "the menu");
    }

    [Test]
    public async Task A_state_can_be_chosen()
    {
        var first = await SubscribeAsync();
        var waiting = await OrderAsync(productId: Magazine);
        Assert.That((await NumbersAsync(SubscriptionState.Active), await NumbersAsync(SubscriptionState.Waiting), await NumbersAsync(SubscriptionState.Ended)),
            Is.EqualTo((new[] { first.CustomOrderNumber }, new[] { waiting.CustomOrderNumber }, Array.Empty<string>())));

        using (var file = await Host.Browser.GetAsync($"{File}?state=Waiting"))
            Assert.That((await file.Content.ReadAsStringAsync()).Split("\r\n")[1..^1].Select(row => row.Split(',')[0]), Is.EqualTo(new[] { waiting.CustomOrderNumber }));

        await Host.Simulator.PlanTokenPaymentAsync("declined", 4002);
        await RunAsync(first.PaidDateUtc!.Value.AddMonths(1) - Now);
        Assert.That(await NumbersAsync(SubscriptionState.Failing), Is.EqualTo(new[] { first.CustomOrderNumber }));

        await ActAsync(first, (actions, order) => actions.PauseAsync(order));
        Assert.That(await NumbersAsync(SubscriptionState.Paused), Is.EqualTo(new[] { first.CustomOrderNumber }));
        await ActAsync(first, (actions, order) => actions.CancelAsync(order));
        Assert.That(await NumbersAsync(SubscriptionState.Ended), Has.Member(first.CustomOrderNumber));
        Assert.That(await Host.Browser.ReadAsync($"{Page}?state=Ended"), Does.Contain("<option value=\"Ended\" selected=\"selected\">")
            .And.Contain("/Admin/MultiSafepaySubscriptions/Csv?state=Ended\""));
    }

    [Test]
    public async Task The_list_says_of_each_what_its_order_page_says()
    {
        var active = await SubscribeAsync();
        await OrderAsync(productId: Magazine);
        await Host.Simulator.PlanTokenPaymentAsync("declined", 4002);
        await RunAsync(active.PaidDateUtc!.Value.AddMonths(1) - Now);
        await Host.Shop.InScopeAsync(async services =>
        {
            var (overview, orders) = (services.GetRequiredService<SubscriptionOverview>(), services.GetRequiredService<Nop.Services.Orders.IOrderService>());
            var all = await overview.ReadAsync([.. await orders.SearchRecurringPaymentsAsync(showHidden: true)]);
            Assert.That(all, Has.Count.EqualTo(2));
            foreach (var listed in all)
                Assert.That(Facts(listed), Is.EqualTo(Facts(await overview.FindAsync(listed.Order, listed.Record))));
        });

        static object Facts(SubscriptionSummary? known) =>
            (known!.State, known.Means, known.Problem, known.NextUtc, known.Left, known.NextNumber, known.LatestOrder?.Id, known.LatestCharge?.Failure, known.OpenOrder?.Id);
    }

    [Test]
    public async Task A_long_list_has_pages_and_the_file_has_all_of_them()
    {
        var first = await SubscribeAsync();
        var few = await ReadsAsync();
        var record = (await Host.RecordAsync(first)).ToJson();
        const int All = SubscriptionPages.Batch + 1;
        const int Pages = All / SubscriptionPages.Size + 1;
        for (var number = 2; number <= All; number++)
            await InsertAsync(first, record: number == 3 ? "damaged" : record);

        Assert.That(await ReadsAsync(), Is.LessThanOrEqualTo(few + SubscriptionPages.Size), "one query for the currency of each line, which only the sandbox makes");
        Assert.That(await CountAsync(""), Is.EqualTo((SubscriptionPages.Size, $"Page 1 of {Pages}")));
        Assert.That(await CountAsync($"?pageNumber={Pages}"), Is.EqualTo((1, $"Page {Pages} of {Pages}")));
        Assert.That(await CountAsync("?pageNumber=99"), Is.EqualTo((1, $"Page {Pages} of {Pages}")));
        Assert.That(await CountAsync("?pageNumber=-1"), Is.EqualTo((SubscriptionPages.Size, $"Page 1 of {Pages}")));
        Assert.That(await CountAsync("?pageNumber=99&state=Active"), Is.EqualTo((1, $"Page {Pages} of {Pages}")));
        using var file = await Host.Browser.GetAsync(File);
        Assert.That((await file.Content.ReadAsStringAsync()).Split("\r\n")[1..^1].Select(row => row.Split(',')[0]).Distinct().Count(), Is.EqualTo(All));

        async Task<(int, string)> CountAsync(string query)
        {
            var page = await Host.Browser.ReadAsync(Page + query);
            return (Lines(page).Count, CurrentPage().Match(page).Groups["text"].Value);
        }
    }

    [Test]
    public async Task The_file_reads_the_same_in_every_language([Values("EUR", "JPY")] string currency, [Values("en-US", "nl-NL")] string culture)
    {
        await UseCurrencyAsync(currency);
        var first = await SubscribeAsync();
        var charged = (await Host.RecordAsync(first)).Current!.Amount;
        await ChangeAsync(first.CustomerId, customer => customer.Email = "=HYPERLINK(\"https://evil.example\"),\"sam\"");
        var language = (await Host.Shop.Database.ListAsync<Language>(language => language.LanguageCulture == culture)).Single();
        foreach (var customer in await Host.Shop.Database.ListAsync<Customer>())
            await ChangeAsync(customer.Id, row => row.LanguageId = language.Id);

        using var file = await Host.Browser.GetAsync(File);
        Assert.That((file.StatusCode, file.Content.Headers.ContentType?.ToString(), file.Content.Headers.ContentDisposition?.ToString()),
            Is.EqualTo((HttpStatusCode.OK, "text/csv; charset=utf-8", "attachment; filename=subscriptions.csv")));
        var bytes = await file.Content.ReadAsByteArrayAsync();
        Assert.That(bytes[..3], Is.EqualTo(Encoding.UTF8.GetPreamble()));
        var rows = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        var texts = Texts.Load(culture[..2]);
        var amount = currency == "JPY" ? charged.ToString(CultureInfo.InvariantCulture) : (charged / 100m).ToString("F2", CultureInfo.InvariantCulture);
        var next = first.PaidDateUtc!.Value.AddMonths(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        Assert.That(rows, Is.EqualTo(new[]
        {
            string.Join(',', _columns.Select(key => texts[key])),
            $"{first.CustomOrderNumber},\"'=HYPERLINK(\"\"https://evil.example\"\"),\"\"sam\"\"\",{texts["Subscription.Interval.Month"]},"
                + $"{texts["Subscription.State.Active"]},Visa •••• 1111,{amount},{currency},{next},2",
            ""
        }));
    }

    [TestCase("plain", "plain")]
    [TestCase("a,b", "\"a,b\"")]
    [TestCase("a \"b\"", "\"a \"\"b\"\"\"")]
    [TestCase("a\r\nb", "\"a\r\nb\"")]
    [TestCase("=1+1", "'=1+1")]
    [TestCase("+31", "'+31")]
    [TestCase("-1", "'-1")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("\t=1", "'\t=1")]
    [TestCase("a=1", "a=1")]
    [TestCase("", "")]
    [TestCase(null, "")]
    public void A_cell_is_quoted_and_never_a_formula(string? value, string expected) => Assert.That(CsvRow.Of("x", value), Is.EqualTo($"x,{expected}\r\n"));

    [Test]
    public async Task A_vendor_sees_neither_list_nor_file_nor_menu_item()
    {
        await SubscribeAsync();
        foreach (var customer in await Host.Shop.Database.ListAsync<Customer>())
            await ChangeAsync(customer.Id, row => row.VendorId = 1);

        foreach (var path in new[] { Page, File })
        {
            using var answer = await Host.Browser.GetAsync(path);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain("sam@customer.example"));
        }

        Assert.That(await Host.Browser.ReadAsync("Admin/Order/List"), Does.Not.Contain("MultiSafepay: Subscriptions"));
    }

    private async Task<string[]> NumbersAsync(SubscriptionState state) => [.. Lines(await Host.Browser.ReadAsync($"{Page}?state={state}")).Select(line => line[0])];

    private Task ActAsync(Order first, Func<SubscriptionActions, Order, Task<SubscriptionRefusal?>> act) => Host.Shop.InScopeAsync(async services =>
        Assert.That(await act(services.GetRequiredService<SubscriptionActions>(), first), Is.Null));

    private async Task ChangeAsync(int customerId, Action<Customer> change)
    {
        var customer = (await Host.Shop.Database.FindAsync<Customer>(customerId))!;
        change(customer);
        await Host.Shop.Database.UpdateAsync(customer);
    }

    private async Task<long> ReadsAsync()
    {
        await Host.Shop.InScopeAsync(ReadAsync);
        var before = Host.Shop.Database.Reads;
        await Host.Shop.InScopeAsync(ReadAsync);
        return Host.Shop.Database.Reads - before;

        static Task ReadAsync(IServiceProvider services) => services.GetRequiredService<SubscriptionPages>().ReadAsync(state: null, number: 1);
    }

    /// <summary>Another subscription like the first one.</summary>
    private async Task<Order> InsertAsync(Order first, string? paymentMethod = null, string? record = null)
    {
        var order = new Order
        {
            StoreId = 1,
            PaymentMethodSystemName = paymentMethod ?? first.PaymentMethodSystemName,
            OrderStatus = OrderStatus.Processing,
            PaymentStatus = PaymentStatus.Paid,
            CustomerId = first.CustomerId,
            CustomerCurrencyCode = first.CustomerCurrencyCode,
            CurrencyRate = first.CurrencyRate,
            OrderGuid = Guid.NewGuid(),
            CreatedOnUtc = Now,
            PaidDateUtc = Now,
            OrderTotal = first.OrderTotal
        };
        await Host.Shop.Database.InsertAsync(order);
        order.CustomOrderNumber = $"{order.Id}";
        await Host.Shop.Database.UpdateAsync(order);
        if (record is not null)
            await Host.Shop.Database.InsertAsync(new MultiSafepayPayment { OrderId = order.Id, Version = 1, Record = record });
        var recurring = new RecurringPayment
        {
            InitialOrderId = order.Id,
            CycleLength = 1,
            CyclePeriod = RecurringProductCyclePeriod.Months,
            TotalCycles = 3,
            StartDateUtc = Now,
            CreatedOnUtc = Now,
            IsActive = true
        };
        await Host.Shop.Database.InsertAsync(recurring);
        await Host.Shop.Database.InsertAsync(new RecurringPaymentHistory { RecurringPaymentId = recurring.Id, OrderId = order.Id, CreatedOnUtc = Now });
        return order;
    }

    /// <summary>The cells of the lines, without the names of the columns that a narrow window shows in them.</summary>
    private static IReadOnlyList<string[]> Lines(string page) =>
    [
        .. Row().Matches(page).Select(row => Cell().Matches(row.Value).Select(cell =>
            Tag().Replace(Label().Replace(cell.Groups["content"].Value, string.Empty), string.Empty).Trim()).ToArray())
    ];

    [GeneratedRegex("<div role=\"row\">\\s*<div role=\"cell\".*?(?=<div role=\"row\"|</section>)", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<div role=\"cell\"[^>]*>(?<content>.*?)</div>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<span class=\"multisafepay-column[^>]*>.*?</span>", RegexOptions.Singleline)]
    private static partial Regex Label();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<strong aria-current=\"page\">(?<text>[^<]*)<")]
    private static partial Regex CurrentPage();
}
