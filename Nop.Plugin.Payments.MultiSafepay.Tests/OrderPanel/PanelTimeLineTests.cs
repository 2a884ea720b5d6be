using Moq;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;

/// <summary>The timeline is in the order in which things happened, although the shop's clock has fractions of seconds and MultiSafepay's times have none.</summary>
[TestFixture]
internal sealed class PanelTimeLineTests
{
    private static readonly DateTime _start = new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddMilliseconds(900);

    [Test]
    public async Task What_the_shop_did_comes_before_what_came_of_it_in_the_same_second()
    {
        var attempt = new PaymentAttempt
        {
            OrderId = "1",
            Environment = MultiSafepayEnvironment.Test,
            Currency = "EUR",
            Amount = 4995,
            CurrencyRate = 1,
            CreatedUtc = _start,
            ExpiresUtc = _start.AddDays(30),
            Parts = [new ShipmentPart(1000, _start.AddMinutes(2)) { OrderId = "1_1" }]
        };
        var record = new PaymentRecord
        {
            Attempts = [attempt],
            Steps =
            [
                new RecordedStep(RecordedStep.ShipmentReported, _start.AddMinutes(4)),
                new RecordedStep("OfAnotherVersion", _start.AddMinutes(5)),
                new RecordedStep(RecordedStep.LinkSent, _start.AddSeconds(1))
            ],
            RefundAttempts =
            [
                new RefundAttempt { RefundOrderId = "1-r1", AttemptId = "1", OrderId = "1", Amount = 500, OrderAmount = 5, CreatedUtc = _start.AddMinutes(6), State = RefundState.Counted }
            ]
        };
        var transaction = new Transaction
        {
            OrderId = "1",
            TransactionId = "4711",
            Status = TransactionStatus.Completed,
            FinancialStatus = TransactionStatus.Completed,
            Amount = 4995,
            Currency = "EUR",
            Created = "2030-01-02T04:04:05",
            Completed = "2030-01-02T04:05:00",
            RelatedTransactions = [new RelatedTransaction { Type = "refund", Status = TransactionStatus.Completed, Amount = 500, Currency = "EUR", Created = "2030-01-02T04:10:05" }]
        };

        var view = new PanelView(new Order(), record, transaction, _start.AddDays(1));
        var lines = await new PanelTimeLine(new PanelText(Texts(), Clock())).CreateAsync(view);

        Assert.That(lines.Select(line => line.What.Replace("Panel.Event.", string.Empty, StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "Started", "Opened", "LinkSent", "Completed", "PartReported", "ShipmentReported", "RefundRequested", "Refund (Panel.Status.completed)"
        }));
        Assert.That(lines.Select(line => line.Amount), Is.EqualTo(new[] { "EUR 49.95", "EUR 49.95", "", "EUR 49.95", "EUR 10.00", "", "EUR 5.00", "EUR 5.00" }));
        lines = await new PanelTimeLine(new PanelText(Texts(), Clock())).CreateAsync(view with { Record = record with { Attempts = [attempt with { IsSavedCard = true }] } });
        Assert.That(lines[1].What, Is.EqualTo("Panel.Event.SavedCard"), "no page was opened");
        Assert.That(view.LastUpdatedUtc, Is.EqualTo(_start.AddMinutes(6)), "the refund, though the task has not compared the order since");
        Assert.That((view with { Record = record with { LastCheckedUtc = _start.AddHours(1) } }).LastUpdatedUtc, Is.EqualTo(_start.AddHours(1)));
    }

    [Test]
    public async Task What_MultiSafepay_showed_once_stays_after_something_else_happened()
    {
        var first = Attempt("1", _start);
        var second = Attempt("1-2", _start.AddMinutes(10));
        // In the same second as the second attempt.
        var declined = Paid("1", "4711", TransactionStatus.Declined, "2030-01-02T04:14:05");
        var record = new PaymentRecord { Attempts = [first] };
        record = record.WithSeen(first.Seen(declined), declined, _start);
        Assert.That(await LinesAsync(record, declined), Is.EqualTo(new[] { "Started", "Opened", "Declined" }), "once");
        Assert.That(record.WithSeen(record.Current!, declined, _start).Steps, Has.Count.EqualTo(1), "told again");

        record = record.With(second);
        Assert.That(await LinesAsync(record, null), Is.EqualTo(new[] { "Started", "Declined", "Started" }));

        var shipped = Paid("1-2", "4712", TransactionStatus.Shipped, "2030-01-02T04:20:00");
        record = record.WithSeen(second.Seen(shipped), shipped, _start);
        Assert.That(await LinesAsync(record, shipped), Is.EqualTo(new[] { "Started", "Declined", "Started", "Opened", "Shipped" }));

        var takenBack = Paid("1-2", "4712", TransactionStatus.Void, "2030-01-02T04:30:00") with
        {
            RelatedTransactions = [new RelatedTransaction { Type = "chargeback", Status = TransactionStatus.Completed, Amount = 4995, Currency = "EUR", Created = "2030-01-02T04:30:00" }]
        };
        record = record.WithSeen(record.Current!.Seen(takenBack), takenBack, _start);
        Assert.That(await LinesAsync(record, takenBack), Is.EqualTo(new[] { "Started", "Declined", "Started", "Opened", "Shipped", "Chargeback (Panel.Status.completed)" }));

        static async Task<IEnumerable<string>> LinesAsync(PaymentRecord record, Transaction? transaction) =>
            (await new PanelTimeLine(new PanelText(Texts(), Clock())).CreateAsync(new PanelView(
                new Order { PaymentStatus = PaymentStatus.Paid, CaptureTransactionId = "4712" }, record, transaction, _start.AddDays(1))))
            .Select(line => line.What.Replace("Panel.Event.", string.Empty, StringComparison.Ordinal).Replace("Panel.State.", string.Empty, StringComparison.Ordinal));
    }

    [Test]
    public void A_second_decline_is_another_line_and_a_refused_saved_card_is_not_told_twice()
    {
        var attempt = Attempt("1", _start);
        var record = new PaymentRecord { Attempts = [attempt] };
        foreach (var (id, modified) in new[] { ("4711", "2030-01-02T04:08:00"), ("4711", "2030-01-02T04:08:00"), ("4712", "2030-01-02T04:09:00") })
        {
            var declined = Paid("1", id, TransactionStatus.Declined, modified);
            record = record.WithSeen(record.Current!.Seen(declined), declined, _start);
        }

        Assert.That(record.Steps.Select(step => (step.Kind, step.AtUtc.Minute)), Is.EqualTo(new[] { (RecordedStep.Declined, 8), (RecordedStep.Declined, 9) }));

        var card = attempt with { IsSavedCard = true, Closed = true };
        var told = Paid("1", "4711", TransactionStatus.Declined, null);
        Assert.That(new PaymentRecord { Attempts = [card] }.WithSeen(card.Seen(told), told, _start).Steps, Is.Empty);
        Assert.That(record.WithSeen(attempt.Seen(told), told, _start).Steps[^1].AtUtc, Is.EqualTo(_start), "a transaction without a time");
    }

    [Test]
    public void Only_the_latest_steps_are_kept()
    {
        var record = Enumerable.Range(0, 100).Aggregate(new PaymentRecord(), (before, number) => before.With(new RecordedStep(RecordedStep.LinkSent, _start.AddMinutes(number))));
        Assert.That(record.Steps, Has.Count.EqualTo(30).And.Some.Property(nameof(RecordedStep.AtUtc)).EqualTo(_start.AddMinutes(99)));
        Assert.That(PaymentRecord.FromJson(record.ToJson()).Steps, Is.EqualTo(record.Steps));
        Assert.That(PaymentRecord.FromJson("""{"Version":1,"Steps":null}""").Steps, Is.Empty);
    }

    private static PaymentAttempt Attempt(string orderId, DateTime createdUtc) => new()
    {
        OrderId = orderId,
        Environment = MultiSafepayEnvironment.Test,
        Currency = "EUR",
        Amount = 4995,
        CurrencyRate = 1,
        CreatedUtc = createdUtc,
        ExpiresUtc = createdUtc.AddDays(30)
    };

    private static Transaction Paid(string orderId, string id, string status, string? modified) => new()
    {
        OrderId = orderId,
        TransactionId = id,
        Status = status,
        FinancialStatus = status,
        Amount = 4995,
        Currency = "EUR",
        Created = orderId == "1" ? "2030-01-02T04:05:10" : "2030-01-02T04:15:10",
        Modified = modified
    };

    private static ILocalizationService Texts()
    {
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>())).Returns((string key) => Task.FromResult(key[(MultiSafepayDefaults.ResourcePrefix.Length + 1)..]));
        return texts.Object;
    }

    private static IDateTimeHelper Clock()
    {
        var clock = new Mock<IDateTimeHelper>();
        clock.Setup(helper => helper.ConvertToUserTimeAsync(It.IsAny<DateTime>(), It.IsAny<DateTimeKind>())).Returns((DateTime time, DateTimeKind _) => Task.FromResult(time));
        return clock.Object;
    }
}
