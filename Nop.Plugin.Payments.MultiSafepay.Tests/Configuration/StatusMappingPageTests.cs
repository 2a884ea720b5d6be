using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Configuration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>
/// The status mapping from the page to the setting and back: every cell that is offered can be chosen, and nothing else can be posted. What each cell does to
/// an order is proven on the same mapping by the tests of the mapping.
/// </summary>
[TestFixture]
internal sealed partial class StatusMappingPageTests : ConfigurationFixture
{
    private const string ResetPage = "Admin/MultiSafepay/ResetStatusMapping";

    [SetUp]
    public Task ForgetAsync() => Shop.InScopeAsync(async services =>
    {
        var settingService = services.GetRequiredService<ISettingService>();
        await settingService.DeleteSettingAsync(new MultiSafepaySettings(), settings => settings.StatusMapping, storeId: 2);
        await settingService.SaveSettingAsync(new MultiSafepaySettings(), settings => settings.StatusMapping);
    });

    [Test]
    public async Task The_page_offers_exactly_the_valid_choices_of_each_status()
    {
        var cells = Cells(await Browser.ReadAsync(Page));
        Assert.That(cells.Select(cell => cell.State), Is.EqualTo(StatusMapping.Rows));
        Assert.Multiple(() =>
        {
            foreach (var (state, choice, payments, orders) in cells)
            {
                Assert.That(choice, Is.EqualTo(StatusMapping.Recommended[state]), $"{state}");
                Assert.That(payments, Is.EqualTo(StatusMapping.Offered(state).Payments), $"{state}");
                Assert.That(orders, Is.EqualTo(StatusMapping.Offered(state).Orders), $"{state}");
            }
        });
    }

    // Many cells go in one form, one of each row: a page takes its time.
    [Test]
    public async Task Every_offered_choice_can_be_saved()
    {
        var cells = StatusMapping.Rows.ToDictionary(state => state, state => AllCells().Where(choice => StatusMapping.IsOffered(state, choice)).ToList());
        for (var i = 0; i < cells.Values.Max(choices => choices.Count); i++)
        {
            var expected = StatusMapping.Rows.Aggregate(StatusMapping.Recommended, (mapping, state) => mapping.With(state, cells[state][i % cells[state].Count]));
            await Browser.PostFromAsync(Page, Page, [("LinkLifetime", "30"), .. Table(expected)]);

            var settings = await SettingsAsync(0);
            Assert.That(settings.StatusMapping ?? string.Empty, Is.EqualTo(expected.ToString()));
            Assert.That(StatusMapping.Parse(settings.StatusMapping), Is.EqualTo(expected));
            Assert.That(Cells(await Browser.ReadAsync(Page)).Select(cell => cell.Choice), Is.EqualTo(StatusMapping.Rows.Select(row => expected[row])));
        }
    }

    [Test]
    public async Task A_posted_choice_that_is_not_offered_is_rejected()
    {
        var count = 0;
        foreach (var choice in AllCells())
        {
            var wrong = new List<string>();
            foreach (var (state, index) in StatusMapping.Rows.Select((state, index) => (state, index)))
            {
                if (!StatusMapping.Offered(state).Payments.Contains(choice.Payment))
                    wrong.Add($"StatusRows[{index}].PaymentId");
                if (!StatusMapping.Offered(state).Orders.Contains(choice.OrderStatus))
                    wrong.Add($"StatusRows[{index}].OrderStatusId");
                count += StatusMapping.IsOffered(state, choice) ? 0 : 1;
            }

            var form = StatusMapping.Rows.SelectMany((state, index) => Row(index, state, choice)).ToList();
            if (wrong.Count == 0)
                continue;
            var answer = await Browser.SendFromAsync(Page, Page, [("LinkLifetime", "30"), .. form]);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), $"{choice}");
            Assert.That(Messages(answer.Text).Keys, Is.EquivalentTo(wrong), $"{choice}");
        }

        Assert.That(count, Is.GreaterThan(200));
        Assert.That((await SettingsAsync(0)).StatusMapping ?? string.Empty, Is.Empty);
    }

    [TestCase(TransactionState.Completed, PaymentAction.Void, "a paid order cannot become voided")]
    [TestCase(TransactionState.Refunded, PaymentAction.Pay, "does not mean that money was received")]
    [TestCase(TransactionState.Declined, PaymentAction.Authorize, "does not guarantee money")]
    [TestCase(TransactionState.Completed, PaymentAction.Refund, "Only money that was returned")]
    [TestCase(TransactionState.Completed, (PaymentAction)77, "one of the offered actions")]
    public async Task An_invalid_payment_action_is_rejected_with_an_explanation(TransactionState state, PaymentAction payment, string words)
    {
        var answer = await Browser.SendFromAsync(Page, Page, [("LinkLifetime", "30"), .. Row(0, state, new StatusChoice(payment))]);
        Assert.That(Messages(answer.Text)["StatusRows[0].PaymentId"], Does.Contain(words));
    }

    [TestCase(TransactionState.Completed, OrderStatus.Cancelled, "cannot cancel an order")]
    [TestCase(TransactionState.Declined, OrderStatus.Complete, "cannot be moved forward")]
    [TestCase(TransactionState.Completed, OrderStatus.Pending, "one of the offered order statuses")]
    [TestCase(TransactionState.Completed, (OrderStatus)77, "one of the offered order statuses")]
    public async Task An_invalid_order_status_is_rejected_with_an_explanation(TransactionState state, OrderStatus order, string words)
    {
        var answer = await Browser.SendFromAsync(Page, Page, [("LinkLifetime", "30"), .. Row(0, state, new StatusChoice(StatusMapping.Recommended[state].Payment, order))]);
        Assert.That(Messages(answer.Text)["StatusRows[0].OrderStatusId"], Does.Contain(words));
    }

    [TestCase("StatusRows[0].StateId", "99", "a status that does not exist")]
    [TestCase("StatusRows[0].StateId", "0", "a status that does not exist")]
    [TestCase("StatusRows[0].PaymentId", "paid", "paid")]
    [TestCase("CancelledThenPaidId", "7", "one of the offered options")]
    public async Task A_malformed_status_mapping_row_is_rejected(string field, string value, string words)
    {
        var row = Row(0, TransactionState.Completed, new StatusChoice(PaymentAction.Pay)).Where(posted => posted.Name != field);
        var answer = await Browser.SendFromAsync(Page, Page, [("LinkLifetime", "30"), .. row, (field, value)]);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Text, Does.Contain(words));
        Assert.That((await SettingsAsync(0)).StatusMapping ?? string.Empty, Is.Empty);
    }

    [Test]
    public async Task A_store_has_its_own_status_mapping_only_where_the_override_box_is_checked()
    {
        var shared = StatusMapping.Recommended.With(TransactionState.Declined, new StatusChoice(PaymentAction.None, OrderStatus.Cancelled));
        var own = StatusMapping.Recommended.With(TransactionState.Completed, new StatusChoice(PaymentAction.Pay, OrderStatus.Complete));
        await Browser.PostFromAsync(Page, Page, [("LinkLifetime", "30"), .. Table(shared)]);

        await ChooseStoreAsync(2);
        await Browser.PostFromAsync(Page, Page, [("StatusRows_OverrideForStore", "true"), .. Table(own)]);
        Assert.That((await MappingAsync(2), await MappingAsync(1), await MappingAsync(0)), Is.EqualTo((own, shared, shared)));
        Assert.That(Cells(await Browser.ReadAsync(Page)).Single(cell => cell.State == TransactionState.Completed).Choice.OrderStatus, Is.EqualTo(OrderStatus.Complete));

        await Browser.PostFromAsync(Page, Page, ("SendCart", "true"));
        Assert.That(await MappingAsync(2), Is.EqualTo(shared), "the store follows all stores again");
    }

    [Test]
    public async Task The_reset_button_restores_the_recommended_mapping_of_one_store_scope()
    {
        var shared = StatusMapping.Recommended.With(TransactionState.Declined, new StatusChoice(PaymentAction.None, OrderStatus.Cancelled));
        await Browser.PostFromAsync(Page, Page, [("LinkLifetime", "30"), .. Table(shared)]);

        await ChooseStoreAsync(2);
        await Browser.PostFromAsync(Page, ResetPage);
        Assert.That(await Browser.ReadAsync(Page), Does.Contain("reset to the recommended one"));
        Assert.That((await MappingAsync(2), await MappingAsync(1), await MappingAsync(0)), Is.EqualTo((StatusMapping.Recommended, shared, shared)));

        await ChooseStoreAsync(0);
        await Browser.PostFromAsync(Page, ResetPage);
        Assert.That(await MappingAsync(1), Is.EqualTo(StatusMapping.Recommended));
    }

    [Test]
    public async Task The_reset_button_requires_the_antiforgery_token()
    {
        using var answer = await Browser.SendAsync(ResetPage);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await Browser.GetAsync(ResetPage)).StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed).Or.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Every_status_is_explained_in_every_language()
    {
        foreach (var (id, language) in new[] { ("2", "nl"), ("1", "en") })
        {
            await Browser.PostFromAsync(Page, "Admin/Setting/SetLanguage", ("id", id), ("returnUrl", "/" + Page));
            var page = await Browser.ReadAsync(Page);
            foreach (var row in StatusMapping.Rows)
                Assert.That(page, Does.Contain(Localization.Texts.Load(language)[$"Status.{row}.Help"]), $"{language} {row}");
        }
    }

    private static IEnumerable<StatusChoice> AllCells() =>
        from payment in Enum.GetValues<PaymentAction>()
        from order in Enum.GetValues<OrderStatus>().Cast<OrderStatus?>().Prepend(null)
        select new StatusChoice(payment, order);

    private static IEnumerable<(string Name, string Value)> Table(StatusMapping mapping) =>
        StatusMapping.Rows.SelectMany((state, index) => Row(index, state, mapping[state]));

    private static IEnumerable<(string Name, string Value)> Row(int index, TransactionState state, StatusChoice choice) =>
    [
        ($"StatusRows[{index}].StateId", Text((int)state)),
        ($"StatusRows[{index}].PaymentId", Text((int)choice.Payment)),
        ($"StatusRows[{index}].OrderStatusId", Text((int)(choice.OrderStatus ?? 0)))
    ];

    // The table as the page shows it.
    private static List<(TransactionState State, StatusChoice Choice, List<PaymentAction> Payments, List<OrderStatus?> Orders)> Cells(string page) =>
    [
        .. RowOfTable().Matches(page).Select(row =>
        {
            var payments = Option().Matches(row.Groups["payments"].Value)
                .Select(option => (Value: (PaymentAction)Number(option), IsChosen: option.Value.Contains("selected", StringComparison.Ordinal))).ToList();
            var orders = Option().Matches(row.Groups["orders"].Value)
                .Select(option => (Value: Number(option) == 0 ? null : (OrderStatus?)Number(option), IsChosen: option.Value.Contains("selected", StringComparison.Ordinal))).ToList();
            return ((TransactionState)int.Parse(row.Groups["state"].Value, CultureInfo.InvariantCulture),
                new StatusChoice(payments.Single(option => option.IsChosen).Value, orders.Single(option => option.IsChosen).Value),
                payments.Select(option => option.Value).ToList(), orders.Select(option => option.Value).ToList());
        })
    ];

    private static Dictionary<string, string> Messages(string page) =>
        Message().Matches(page).Where(match => match.Groups["field"].Value.StartsWith("StatusRows", StringComparison.Ordinal))
            .ToDictionary(match => match.Groups["field"].Value, match => match.Groups["text"].Value);

    private static int Number(Match option) => int.Parse(option.Groups["value"].Value, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<StatusMapping> MappingAsync(int storeId) => StatusMapping.Parse((await SettingsAsync(storeId)).StatusMapping);

    private Task<MultiSafepaySettings> SettingsAsync(int storeId) =>
        Shop.InScopeAsync(services => services.GetRequiredService<StoreSettings>().ForStoreAsync(storeId));

    [GeneratedRegex("""name="StatusRows\[\d+\]\.StateId" value="(?<state>\d+)".*?name="StatusRows\[\d+\]\.PaymentId">(?<payments>.*?)</select>"""
        + """.*?name="StatusRows\[\d+\]\.OrderStatusId">(?<orders>.*?)</select>""", RegexOptions.Singleline)]
    private static partial Regex RowOfTable();

    [GeneratedRegex("""<option[^>]*value="(?<value>\d+)"[^>]*>""")]
    private static partial Regex Option();

    [GeneratedRegex("""<span class="[^"]*field-validation-error"[^>]*data-valmsg-for="(?<field>[^"]+)"[^>]*>(?<text>[^<]+)""")]
    private static partial Regex Message();
}
