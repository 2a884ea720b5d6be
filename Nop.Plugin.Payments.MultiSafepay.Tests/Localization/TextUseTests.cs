using Nop.Core.Domain.Catalog;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.ReturnPage;
using Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Localization;

/// <summary>Every text that code and views ask for exists, with the placeholders that are filled in, and no text is left over.</summary>
[TestFixture]
public class TextUseTests
{
    private const string Prefix = MultiSafepayDefaults.ResourcePrefix + ".";

    private static readonly IReadOnlyDictionary<string, string> _english = Texts.Load("en");

    private static readonly Lazy<Dictionary<string, int>> _decidedNotes = new(CountArguments);

    private static readonly IReadOnlyList<MultiSafepayApiException> _refusals =
    [
        .. ApiErrorTexts.Codes.Select(code => new MultiSafepayApiException("refused") { Code = code }),
        new MultiSafepayApiException("refused") { Code = 1 },
        new MultiSafepayApiException("unreachable") { IsTransient = true }
    ];

    private static readonly IReadOnlyList<string> _panelStates = Enum.GetNames<PaymentSituation>();

    /// <summary>The keys that the code puts together, and what can stand in the place of the star.</summary>
    private static readonly Dictionary<string, IEnumerable<string>> _families = new()
    {
        ["Environment.*"] = Enum.GetNames<MultiSafepayEnvironment>(),
        ["ChargeCurrency.*"] = Enum.GetNames<ChargeCurrency>(),
        ["LifetimeUnit.*"] = Enum.GetNames<LifetimeUnit>(),
        ["ShipmentMode.*"] = Enum.GetNames<ShipmentMode>(),
        ["Cart.*"] = typeof(CartTexts).GetProperties().Select(property => property.Name),
        ["CancelledThenPaid.*"] = Enum.GetNames<CancelledThenPaidPolicy>(),
        ["SubscriptionFailurePolicy.*"] = Enum.GetNames<SubscriptionFailurePolicy>(),
        ["Subscription.Interval.*"] = Enum.GetNames<RecurringProductCyclePeriod>().SelectMany(period => new[] { period, period[..^1] }),
        ["Subscription.State.*"] = Enum.GetNames<SubscriptionState>(),
        ["Subscription.Failure.*"] = [.. Enum.GetNames<PaymentStartFailure>().Where(name => name.StartsWith("Card", StringComparison.Ordinal)),
            .. typeof(ChargeFailure).GetFields().Where(field => field.IsLiteral).Select(field => field.Name)],
        ["PaymentAction.*"] = Enum.GetNames<PaymentAction>(),
        ["Status.*"] = StatusMapping.Rows.Select(state => state.ToString()),
        ["Status.*.Help"] = StatusMapping.Rows.Select(state => state.ToString()),
        ["Check.Environment.*"] = Enum.GetNames<MultiSafepayEnvironment>(),
        ["Webhook.*"] = Enum.GetNames<WebhookOutcome>(),
        ["UrlProblem.*"] = Enum.GetNames<ShopUrlProblem>(),
        ["Customer.*"] = [.. Enum.GetNames<PaymentProgress>(), .. Enum.GetNames<PaymentStartFailure>(), .. _refusals.Select(ApiErrorTexts.CustomerMessageFor), "StartFailed", "TooOften"],
        ["Refusal.*"] = Enum.GetNames<MethodRefusal>(),
        ["OfferProblem.*"] = Enum.GetNames<OfferProblem>(),
        ["Checkout.*"] = Enum.GetNames<CustomerField>().SelectMany(field => Enum.GetNames<FieldProblem>().Select(problem => $"{field}.{problem}").Append(field)),
        ["Checkout.*.*"] = [],
        ["Validation.*"] = [.. SourceTexts.Arguments("RefusalAsync", 0), .. SourceTexts.Arguments("AddRowRule", 2)],
        ["Mail.*"] = new[]
        {
            nameof(CustomerMailTemplates.PaymentLink), nameof(CustomerMailTemplates.SubscriptionAnnounced), nameof(CustomerMailTemplates.SubscriptionFailed),
            nameof(CustomerMailTemplates.SubscriptionCardExpires), nameof(CustomerMailTemplates.SubscriptionCancelled)
        }.SelectMany(name => new[] { $"{name}.Subject", $"{name}.Body" }),
        ["Note.*"] = [.. DecidedNotes().Keys,
            .. SourceTexts.All.Where(text => IsNote(text) && _english.ContainsKey($"Note.{text}")), .. Enum.GetNames<SubscriptionFailurePolicy>().Select(policy => $"Subscription.GivenUp.{policy}"),
            "State.Uncleared", .. _refusals.Select(ApiErrorTexts.NoteFor),
            .. SourceTexts.Arguments("NoteAsync", 1).Concat(SourceTexts.Arguments("Note", 1)).Concat(SourceTexts.Arguments("Warning", 1)).Where(text => !text.Contains('*')),
            .. SourceTexts.Arguments("SendUpdateAsync", 3).SelectMany(text => new[] { text, $"{text}Yet" }),
            .. SourceTexts.Arguments("TellCustomerAsync", 1)],
        ["AfterSales.*"] = [.. SourceTexts.CreationArguments(nameof(AfterSalesException), 0), .. SourceTexts.Arguments("FindPaymentAsync", 2)],
        ["Note.Start.*"] = [.. Enum.GetNames<PaymentStartFailure>().Except([nameof(PaymentStartFailure.NotPayable)])],
        ["Panel.State.*"] = _panelStates,
        ["Panel.Explanation.*"] = _panelStates,
        ["Panel.Problem.*"] = ["NoApiKey", "WrongApiKey", "Slow", "Unreachable"],
        ["Panel.Button.*"] = SourceTexts.Arguments("ButtonAsync", 0),
        ["Panel.Sure.*"] = ["Cancel", "WithdrawRefund", "Extend", "SubscriptionCharge", "SubscriptionPause", "SubscriptionCancel", "SubscriptionForget"],
        ["Panel.Done.*"] = [.. SourceTexts.Arguments("DoneAsync", 0), .. SourceTexts.Arguments("UpdateAsync", 3)],
        ["Panel.Refused.*"] = SourceTexts.Arguments("RefusedAsync", 0).Where(text => !text.Contains('*')),
        // The owner never charges a saved card.
        ["Panel.Refused.Start.*"] = Enum.GetNames<PaymentStartFailure>().Where(name => !name.StartsWith("Card", StringComparison.Ordinal)),
        ["Cards.*"] = ["Deleted", "NotDeleted"],
        ["Subscriptions.*"] = ["Changing", "NotChanged"],
        ["OrderPage.*"] = ["Paid", "Authorized", "Refunded", "PartlyRefunded", "Cancelled", "Declined", "Expired", "BankTransfer", "Busy", "Open", "TakenBack"],
        ["OrderPage.Transfer.*"] = ["Amount", "Iban", "Bic", "Holder", "Reference"],
        ["Panel.Fact.*"] = SourceTexts.Arguments("FactAsync", 0),
        ["Panel.Warning.*"] = SourceTexts.Arguments("WarningAsync", 0),
        ["Panel.Reason.*"] = Enum.GetNames<PaymentReason>(),
        ["Panel.Event.*"] = [.. SourceTexts.Arguments("EventAsync", 1), .. RecordedStep.Kinds, "Refund", "Capture", "Chargeback", "ReverseChargeback", "AuthCancellation", "Other"],
        ["Panel.Status.*"] = ["initialized", "completed", "reserved", "declined", "void", "cancelled", "expired", "uncleared"],

        // A helper that is handed the rest of the key: the rest is a string of its own somewhere in the code.
        ["*"] = SourceTexts.All.Where(_english.ContainsKey)
    };

    private static readonly string[] _sections = [.. _english.Keys.Select(key => key.Split('.')[0]).Distinct()];

    [Test]
    public void Every_referenced_text_exists() => Assert.That(Used().Except(_english.Keys), Is.Empty);

    [Test]
    public void Every_text_is_used() => Assert.That(_english.Keys.Except(Used()), Is.Empty);

    [Test]
    public void Every_composed_key_pattern_has_its_list_of_endings()
    {
        var patterns = SourceTexts.All.Where(text => text.Contains('*') && text.StartsWith(Prefix, StringComparison.Ordinal)).Select(text => text[Prefix.Length..]);
        Assert.That(patterns.Except(_families.Keys), Is.Empty, $"say in {nameof(_families)} what the star can be");
    }

    [Test]
    public void Every_note_of_the_decision_fills_the_placeholders_of_its_text() =>
        Assert.Multiple(() =>
        {
            foreach (var (resource, arguments) in DecidedNotes())
                Assert.That(_english[$"Note.{resource}"], Does.Not.Contain($"{{{arguments}}}"), $"{resource} has {arguments} arguments");
        });

    private static HashSet<string> Used()
    {
        // In full; or as the rest of a key, handed to a helper.
        var mentioned = SourceTexts.All
            .Select(text => text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : IsRestOfKey(text) ? text : string.Empty)
            .Where(text => text.Length > 0 && !text.Contains('*') && !text.EndsWith('.'));
        var completed = _families.SelectMany(family => family.Value.Select(rest => family.Key.Replace("*", rest, StringComparison.Ordinal)));
        HashSet<string> used = [.. mentioned, .. completed];

        // nopCommerce's labels ask for the tooltip by themselves.
        return [.. used, .. used.Where(key => key.StartsWith("Fields.", StringComparison.Ordinal) && !key.EndsWith(".Hint", StringComparison.Ordinal)).Select(key => $"{key}.Hint")];
    }

    // Or an alert. A section of texts has the same name as theirs begin with.
    private static bool IsNote(string text) => text.StartsWith("Subscription.", StringComparison.Ordinal) && (_english.ContainsKey($"Note.{text}") || _english.ContainsKey($"Alert.{text}"));

    private static bool IsRestOfKey(string text) => !IsNote(text)
        && text.Split('.') is [var section, _, ..] parts && _sections.Contains(section) && parts.All(part => part.Length > 0 && part.All(char.IsLetter));

    // How many arguments each note has at the least, over everything that the decision can decide.
    private static IReadOnlyDictionary<string, int> DecidedNotes() => _decidedNotes.Value;

    private static Dictionary<string, int> CountArguments()
    {
        var mappings = DecisionTests.Mappings().ToList();
        var notes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (before, transaction, _) in DecisionTests.Cases().Concat(ChargebackTests.ReversedCases("completed").Where(scene => scene.Transaction.FinancialStatus == "completed")))
        {
            var state = TransactionStates.From(transaction);
            var choices = mappings.Where(mapping => mapping[state] != StatusMapping.Recommended[state]).Select(mapping => (mapping, CancelledThenPaidPolicy.Warn))
                .Concat(Enum.GetValues<CancelledThenPaidPolicy>().Select(policy => (StatusMapping.Recommended, policy)));
            foreach (var (mapping, policy) in choices)
            {
                foreach (var note in Decision.Decide(before.Order, before.Record, transaction, mapping, policy).OfType<SyncAction.Note>())
                    notes[note.Resource] = Math.Min(notes.GetValueOrDefault(note.Resource, int.MaxValue), note.Arguments.Count);
            }
        }

        return notes;
    }
}
