using System.Text.Json;
using System.Text.Json.Serialization;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// What the plugin remembers of an order's payment: what was charged in each attempt, which refunds are accounted for, and which events were already
/// applied. It names nobody; the payment link and a card's last four digits are erased with the customer's data. It is stored as JSON in one generic attribute
/// of the order and changed only under the order's lock.
/// </summary>
public sealed partial record PaymentRecord
{
    /// <summary>The version of the format that this build writes. A change that an older build would misread raises it, and what is older is brought up to it when it is read.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the format in which the record was written; 0 for one of a build that counted none.</summary>
    public int Version { get; init; }

    /// <summary>The payment attempts, oldest first. Only the last one may still be open at MultiSafepay.</summary>
    public IReadOnlyList<PaymentAttempt> Attempts { get; init; } = [];

    /// <summary>The refunds that are part of the order's refunded amount, from the shop or from MultiSafepay's dashboard.</summary>
    public IReadOnlyList<AccountedRefund> Refunds { get; init; } = [];

    /// <summary>The events that were applied or noted, so that a repeated notification does nothing.</summary>
    public IReadOnlyList<string> Applied { get; init; } = [];

    /// <summary>When the order was last compared with MultiSafepay, in UTC.</summary>
    public DateTime? LastCheckedUtc { get; init; }

    /// <summary>The attempt that a customer would pay now, or null before the first.</summary>
    [JsonIgnore]
    public PaymentAttempt? Current => Attempts.Count == 0 ? null : Attempts[^1];

    /// <summary>The attempt with this MultiSafepay order id, or null.</summary>
    public PaymentAttempt? Find(string? orderId) => Attempts.LastOrDefault(attempt => string.Equals(attempt.OrderId, orderId, StringComparison.Ordinal));

    /// <summary>Whether the event was applied before.</summary>
    public bool Has(string applied) => Applied.Contains(applied, StringComparer.Ordinal);

    /// <summary>The record with the event remembered.</summary>
    public PaymentRecord With(string applied) => Has(applied) ? this : this with { Applied = [.. Applied, applied] };

    /// <summary>The record without the events that match.</summary>
    public PaymentRecord Without(Func<string, bool> match) => this with { Applied = [.. Applied.Where(applied => !match(applied))] };

    /// <summary>The record with the attempt added, or put in place of the one with the same MultiSafepay order id.</summary>
    public PaymentRecord With(PaymentAttempt attempt) => Find(attempt.OrderId) is { } known
        ? this with { Attempts = [.. Attempts.Select(other => other == known ? attempt : other)] }
        : this with { Attempts = [.. Attempts, attempt] };

    /// <summary>The record with the refund accounted for.</summary>
    public PaymentRecord With(AccountedRefund refund) => this with { Refunds = [.. Refunds, refund] };

    internal string ToJson() => JsonSerializer.Serialize(this with { Version = CurrentVersion }, StoredJson.Options);

    /// <summary>Reads a stored record.</summary>
    /// <exception cref="JsonException">
    /// The text is not a record, or a newer version of the plugin wrote it. Nothing may be decided then: what was charged is unknown.
    /// </exception>
    internal static PaymentRecord FromJson(string? json)
    {
        var record = string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize<PaymentRecord>(json, StoredJson.Options);
        return record is null or { Version: <= CurrentVersion }
            ? record ?? new PaymentRecord()
            : throw new JsonException(FormattableString.Invariant($"The payment record has version {record.Version}; this version of the plugin reads records up to version {CurrentVersion}."));
    }
}

/// <summary>One order at MultiSafepay for one order of the shop: what was asked for, and under which conditions.</summary>
public sealed record PaymentAttempt
{
    /// <summary>The order id at MultiSafepay, unique for each attempt.</summary>
    public required string OrderId { get; init; }

    /// <summary>The environment that the attempt was made in; its key is used for all that follows.</summary>
    public required MultiSafepayEnvironment Environment { get; init; }

    /// <summary>
    /// Which API key the attempt was made with (<see cref="ApiCredentials.Fingerprint"/>); null for an attempt of an earlier version. A key of another account knows nothing of it.
    /// </summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>The currency charged, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The amount charged, in minor units of <see cref="Currency"/>.</summary>
    public required long Amount { get; init; }

    /// <summary>The order's total when the payment was started, in the primary store currency. The owner may change the total later; the charge stays.</summary>
    public decimal? OrderTotal { get; init; }

    /// <summary>The primary store currency in which the order was placed, ISO 4217; null for an attempt of an earlier version. The owner may change the store's later.</summary>
    public string? PrimaryCurrency { get; init; }

    /// <summary>The rate from the primary store currency to <see cref="Currency"/> that was used.</summary>
    public required decimal CurrencyRate { get; init; }

    /// <summary>When the attempt was started, in UTC.</summary>
    public required DateTime CreatedUtc { get; init; }

    /// <summary>When the payment link ends, in UTC.</summary>
    public required DateTime ExpiresUtc { get; init; }

    /// <summary>Until when the money that a card holds can be captured, in UTC; null when nothing is held for a capture.</summary>
    public DateTime? AuthorizedUntilUtc { get; init; }

    /// <summary>Our order id at MultiSafepay of the capture that was asked for in the shop. It stays the same when the capture is sent again.</summary>
    public string? CaptureOrderId { get; init; }

    /// <summary>
    /// How much the shop wants of the authorisation in all, in minor units of <see cref="Currency"/>, where that is less than <see cref="Amount"/>: the order cost less when it
    /// was captured. Null otherwise.
    /// </summary>
    public long? CaptureAmount { get; init; }

    /// <summary>The order's total when <see cref="CaptureAmount"/> was asked for, in the primary store currency.</summary>
    public decimal? CaptureTotal { get; init; }

    /// <summary>Where the customer pays. Null until MultiSafepay has answered: then no customer can have seen the link.</summary>
    public string? PaymentUrl { get; init; }

    /// <summary>The gateway that the customer chose in the shop; null where the choice was left to the payment page.</summary>
    public string? Gateway { get; init; }

    /// <summary>Whether MultiSafepay refused the gateway, or the payment with it came to a bad end: the next attempt lets the customer choose anew.</summary>
    public bool MethodFailed { get; init; }

    /// <summary>Whether the attempt is over for good at MultiSafepay and its link must not be used again.</summary>
    public bool Closed { get; init; }

    /// <summary>Whether the shop has asked MultiSafepay to cancel it, saved before the call: that it was cancelled is then no news, even if the answer got lost.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>What MultiSafepay last said of the attempt; null before it said anything.</summary>
    public TransactionState? State { get; init; }

    /// <summary>MultiSafepay's identifier of the transaction that <see cref="State"/> is about, or null.</summary>
    public string? TransactionId { get; init; }

    /// <summary>With what it was paid, or is being paid; null before a method was chosen.</summary>
    public IReadOnlyList<PaymentMeans>? Means { get; init; }

    /// <summary>Whether money has come in by the attempt, is held, or may still come although nobody can open its link any more.</summary>
    [JsonIgnore]
    public bool HoldsMoney => State?.HoldsMoney() == true;

    /// <summary>Whether MultiSafepay has to be asked about the attempt: it can still be paid, or it holds money.</summary>
    [JsonIgnore]
    public bool IsOfInterest => !Closed || HoldsMoney;

    /// <summary>What an amount of the primary store currency is in the charged currency, at the rate of the charge: minor units of <see cref="Currency"/>.</summary>
    public long ToCharged(decimal orderAmount) => MinorUnits.FromDecimal(CurrencyRate is 1 or <= 0 ? orderAmount : orderAmount * CurrencyRate, Currency);

    /// <summary>What an amount of the charged currency, in minor units, is in the primary store currency, to the cent.</summary>
    public decimal ToOrderCurrency(long amount)
    {
        var charged = MinorUnits.ToDecimal(amount, Currency);
        return CurrencyRate is 1 or <= 0 ? charged : Math.Round(charged / CurrencyRate, 2, MidpointRounding.AwayFromZero);
    }

    /// <summary>What the order costs now, in minor units of <see cref="Currency"/>: the charge itself unless the owner has edited the total since.</summary>
    /// <param name="orderTotal">The order's total now, in the primary store currency.</param>
    public long CostOf(decimal orderTotal) => OrderTotal is null || OrderTotal == orderTotal ? Amount : ToCharged(orderTotal);

    /// <summary>The order's total that was paid for, in the primary store currency; null where that was not remembered.</summary>
    /// <param name="charged">What the payment came to, in minor units: <see cref="Amount"/>, or what was captured of it.</param>
    public decimal? TotalOf(long charged) =>
        charged == CaptureAmount && CaptureTotal is { } total ? total : charged == Amount ? OrderTotal : ToOrderCurrency(charged);

    /// <summary>The attempt with what a transaction tells of it; the same one when that is nothing new.</summary>
    public PaymentAttempt Seen(Transaction transaction)
    {
        var state = TransactionStates.From(transaction);

        // One order id can have several transactions: another one that ran out, or was left, says nothing of the one that paid.
        var isOther = TransactionId is not null && transaction.TransactionId != TransactionId;
        if (state == TransactionState.Unknown || (isOther && State?.IsFunded() == true && !state.IsFunded()))
            return this;

        var means = PaymentMeans.From(transaction);
        var isNew = state != State || transaction.TransactionId != TransactionId || (means.Count > 0 && !means.SequenceEqual(Means ?? []));
        return isNew ? this with { State = state, TransactionId = transaction.TransactionId, Means = means.Count == 0 ? Means : means } : this;
    }
}

/// <summary>A refund that is contained in the order's refunded amount.</summary>
/// <param name="Amount">Minor units of the charged currency.</param>
/// <param name="OrderAmount">The part of it that nopCommerce counts as refunded, in the primary store currency.</param>
public sealed record AccountedRefund(long Amount, decimal OrderAmount)
{
    /// <summary>The <see cref="PaymentAttempt.OrderId"/> of the payment that it gave back; null for a refund that an earlier version counted.</summary>
    public string? AttemptId { get; init; }

    /// <summary>Whether the customer's bank took it, and nobody gave it.</summary>
    public bool IsChargeback { get; init; }
}
