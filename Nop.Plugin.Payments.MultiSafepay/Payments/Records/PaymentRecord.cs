using System.Text.Json;
using System.Text.Json.Serialization;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// What is stored about an order's payment: the amount charged in each attempt, the refunds that are accounted for, and the events that have been
/// applied. It contains no names; the payment link and the last four digits of a card are erased with the customer's data. It is stored as JSON in the plugin's
/// table (<see cref="MultiSafepayPayment"/>) and is changed only under the order's lock.
/// </summary>
public sealed partial record PaymentRecord
{
    /// <summary>
    /// The version of the JSON format that this build writes. It is raised by a change that an older build would misread; older records are converted when they are read.
    /// </summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the format in which the record was written; 0 if it was written before versions were stored.</summary>
    public int Version { get; init; }

    /// <summary>
    /// The payment attempts, oldest first. Normally only the last one can still be open at MultiSafepay; an earlier one can too if it was created with an API key that the shop
    /// no longer has.
    /// </summary>
    public IReadOnlyList<PaymentAttempt> Attempts { get; init; } = [];

    /// <summary>The refunds that are included in the order's refunded amount, whether they were made in the shop or in MultiSafepay's dashboard.</summary>
    public IReadOnlyList<AccountedRefund> Refunds { get; init; } = [];

    /// <summary>The names of the events that have been applied or noted, so that a repeated notification does nothing (<see cref="AppliedEvents"/>).</summary>
    public IReadOnlyList<string> Applied { get; init; } = [];

    /// <summary>When the order was last compared with MultiSafepay, in UTC; null if never.</summary>
    public DateTime? LastCheckedUtc { get; init; }

    /// <summary>Whether the customer's personal data was erased. It is not stored again, even if MultiSafepay reports it later.</summary>
    public bool IsErased { get; init; }

    /// <summary>The subscription that the order is the first of; null for all other orders.</summary>
    public SubscriptionRecord? Subscription { get; init; }

    /// <summary>The payment of a later order of a subscription; null for all other orders.</summary>
    public SubscriptionCharge? SubscriptionCharge { get; init; }

    /// <summary>The caller that is applying actions to the order right now; null if there is none. Other callers wait until it is released or has expired.</summary>
    public PaymentClaim? Claim { get; init; }

    /// <summary>The version of the row that the record was read from; 0 if the order has no row yet.</summary>
    [JsonIgnore]
    internal int Revision { get; init; }

    /// <summary>Whether the record was read from the generic attribute of an earlier build.</summary>
    [JsonIgnore]
    internal bool IsInAttribute { get; init; }

    /// <summary>The attempt that a customer would pay now; null before the first attempt.</summary>
    [JsonIgnore]
    public PaymentAttempt? Current => Attempts.Count == 0 ? null : Attempts[^1];

    /// <summary>Whether MultiSafepay has accepted a report that the whole order was shipped.</summary>
    [JsonIgnore]
    public bool IsReportedAsShipped => Applied.Any(applied => applied.StartsWith(AppliedEvents.ShippedPrefix, StringComparison.Ordinal));

    /// <summary>The attempt with this order id at MultiSafepay; null if there is none.</summary>
    public PaymentAttempt? Find(string? orderId) => Attempts.LastOrDefault(attempt => string.Equals(attempt.OrderId, orderId, StringComparison.Ordinal));

    /// <summary>Whether the event has been applied.</summary>
    public bool Has(string applied) => Applied.Contains(applied, StringComparer.Ordinal);

    /// <summary>The record with the event added.</summary>
    public PaymentRecord With(string applied) => Has(applied) ? this : this with { Applied = [.. Applied, applied] };

    /// <summary>The record without the events that match.</summary>
    public PaymentRecord Without(Func<string, bool> match) => this with { Applied = [.. Applied.Where(applied => !match(applied))] };

    /// <summary>The record with the attempt added, or replacing the one with the same order id at MultiSafepay.</summary>
    public PaymentRecord With(PaymentAttempt attempt) => Find(attempt.OrderId) is { } known
        ? this with { Attempts = [.. Attempts.Select(other => other == known ? attempt : other)] }
        : this with { Attempts = [.. Attempts, attempt] };

    /// <summary>The record with the refund added to <see cref="Refunds"/>.</summary>
    public PaymentRecord With(AccountedRefund refund) => this with { Refunds = [.. Refunds, refund] };

    internal string ToJson() => JsonSerializer.Serialize(this with { Version = CurrentVersion }, StoredJson.Options);

    /// <summary>Reads a stored record; an empty text is an empty record.</summary>
    /// <exception cref="JsonException">
    /// The text is not a record, or a newer version of the plugin wrote it. Nothing may be decided then, because it is not known what was charged.
    /// </exception>
    internal static PaymentRecord FromJson(string? json)
    {
        var record = string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize<PaymentRecord>(json, StoredJson.Options);
        return record is null or { Version: <= CurrentVersion }
            ? record ?? new PaymentRecord()
            : throw new JsonException(FormattableString.Invariant($"The payment record has version {record.Version}; this version of the plugin reads records up to version {CurrentVersion}."));
    }
}

/// <summary>An order at MultiSafepay that was created for an order of the shop: what was charged, and under which conditions.</summary>
public sealed record PaymentAttempt
{
    private readonly IReadOnlyList<ShipmentPart> _parts = [];

    /// <summary>The order id at MultiSafepay, unique for each attempt.</summary>
    public required string OrderId { get; init; }

    /// <summary>The environment in which the attempt was created. All later calls about it use the key of this environment.</summary>
    public required MultiSafepayEnvironment Environment { get; init; }

    /// <summary>
    /// Identifies the API key with which the attempt was created (<see cref="ApiCredentials.Fingerprint"/>); null for an attempt of an earlier version of the plugin.
    /// The key of another account does not know the attempt.
    /// </summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>The charged currency: ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>The charged amount, in minor units of <see cref="Currency"/>.</summary>
    public required long Amount { get; init; }

    /// <summary>
    /// The order's total when the payment was started, in the primary store currency; null if it was not recorded. If the owner edits the total later, the charge stays the same.
    /// </summary>
    public decimal? OrderTotal { get; init; }

    /// <summary>
    /// The primary store currency when the order was placed: ISO 4217 code; null if it was not known, or for an attempt of an earlier version. The owner may change the store's
    /// primary currency later.
    /// </summary>
    public string? PrimaryCurrency { get; init; }

    /// <summary>The exchange rate that was used, from the primary store currency to <see cref="Currency"/>.</summary>
    public required decimal CurrencyRate { get; init; }

    /// <summary>When the attempt was created, in UTC.</summary>
    public required DateTime CreatedUtc { get; init; }

    /// <summary>When the payment link expires, in UTC.</summary>
    public required DateTime ExpiresUtc { get; init; }

    /// <summary>
    /// Until when the authorised amount can be captured, or an accepted pay-later payment must be reported as shipped, in UTC; null if neither is awaited, or the time is not known.
    /// </summary>
    public DateTime? AuthorizedUntilUtc { get; init; }

    /// <summary>The shop's order id at MultiSafepay for the capture that the owner requested; null before a capture was requested. It stays the same when the capture is sent again.</summary>
    public string? CaptureOrderId { get; init; }

    /// <summary>
    /// The total that the shop wants to capture of the authorisation, in minor units of <see cref="Currency"/>, if that is less than <see cref="Amount"/> because the order's total
    /// was lower at the time of the capture; otherwise null.
    /// </summary>
    public long? CaptureAmount { get; init; }

    /// <summary>The order's total when <see cref="CaptureAmount"/> was requested, in the primary store currency; null without a capture amount.</summary>
    public decimal? CaptureTotal { get; init; }

    /// <summary>What was shipped of a pay-later payment, each part as an order of its own at MultiSafepay, oldest first; empty if it is shipped as a whole.</summary>
    public IReadOnlyList<ShipmentPart> Parts
    {
        get => _parts;

        // A record of an earlier version has no such property, and the deserializer then sets null.
        init => _parts = value ?? [];
    }

    /// <summary>Whether MultiSafepay rejected a part, so that no further parts are reported before the last one.</summary>
    public bool PartsRefused { get; init; }

    /// <summary>The URL of the payment page. Null until MultiSafepay has answered, when no customer can have seen the link yet, and after the customer's data was erased.</summary>
    public string? PaymentUrl { get; init; }

    /// <summary>What the customer needs for a bank transfer that was started in the shop; null for a payment on MultiSafepay's pages.</summary>
    public TransferInstructions? Transfer { get; init; }

    /// <summary>The gateway that the customer chose in the shop; null if the choice was left to the payment page.</summary>
    public string? Gateway { get; init; }

    /// <summary>Whether it is a payment with a card that the customer had saved.</summary>
    public bool IsSavedCard { get; init; }

    /// <summary>Whether the customer wanted the card to be saved.</summary>
    public bool SavesCard { get; init; }

    /// <summary>Whether it is a payment of a subscription: MultiSafepay is to store the details for the later ones, or charges stored ones.</summary>
    public bool IsSubscription { get; init; }

    /// <summary>Whether MultiSafepay rejected the gateway, or the payment with it failed. If so, the next attempt lets the customer choose again.</summary>
    public bool MethodFailed { get; init; }

    /// <summary>Whether the attempt has ended at MultiSafepay, so its link must not be used again.</summary>
    public bool Closed { get; init; }

    /// <summary>
    /// Whether the shop has asked MultiSafepay to cancel the attempt; saved before the call. A later report of the cancellation then has no effect on the order, even if the answer was lost.
    /// </summary>
    public bool CancelRequested { get; init; }

    /// <summary>The state that MultiSafepay last reported for the attempt; null if it has reported none.</summary>
    public TransactionState? State { get; init; }

    /// <summary>MultiSafepay's id of the transaction that <see cref="State"/> is about; null if there is none.</summary>
    public string? TransactionId { get; init; }

    /// <summary>The payment methods with which it was paid or is being paid; null until a method is known.</summary>
    public IReadOnlyList<PaymentMeans>? Means { get; init; }

    /// <summary>MultiSafepay's code of the pay-later method that it was paid with; null if it was paid otherwise, or not yet.</summary>
    [JsonIgnore]
    public string? PayLaterMethod => Means?.Select(means => means.Type).FirstOrDefault(PayLaterMethods.Contains);

    /// <summary>The amount that was reported as shipped in parts, including parts of which it is not known whether MultiSafepay has taken them, in minor units of <see cref="Currency"/>.</summary>
    [JsonIgnore]
    public long ShippedInParts => Parts.Sum(part => part.Amount);

    /// <summary>Whether the payment link has been over for so long that nobody can be on the payment page any more: an hour.</summary>
    /// <param name="nowUtc">The current time, in UTC.</param>
    public bool IsLinkOver(DateTime nowUtc) => nowUtc >= LinkOverUtc;

    /// <summary>When nobody can be on the payment page any more, in UTC.</summary>
    [JsonIgnore]
    public DateTime LinkOverUtc => ExpiresUtc.AddHours(1);

    /// <summary>Whether the attempt has received money, holds it, or may still receive it although its link can no longer be opened.</summary>
    [JsonIgnore]
    public bool HoldsMoney => State?.HoldsMoney() == true;

    /// <summary>Whether MultiSafepay needs to be asked about the attempt: it can still be paid, or it holds money.</summary>
    [JsonIgnore]
    public bool IsOfInterest => !Closed || HoldsMoney;

    /// <summary>Converts an amount in the primary store currency to minor units of <see cref="Currency"/>, at the rate of the charge.</summary>
    /// <param name="orderAmount">The amount in the primary store currency.</param>
    /// <exception cref="OverflowException">The result does not fit in 64 bits.</exception>
    public long ToCharged(decimal orderAmount) => MinorUnits.FromDecimal(CurrencyRate is 1 or <= 0 ? orderAmount : orderAmount * CurrencyRate, Currency);

    /// <summary>
    /// Converts a charged amount to the primary store currency, at the rate of the charge; rounded to the decimals of <see cref="PrimaryCurrency"/> (two if it is not known) unless the rate is 1.
    /// </summary>
    /// <param name="amount">The amount in minor units of <see cref="Currency"/>.</param>
    public decimal ToOrderCurrency(long amount)
    {
        var charged = MinorUnits.ToDecimal(amount, Currency);
        return CurrencyRate is 1 or <= 0 ? charged : Math.Round(charged / CurrencyRate, PrimaryCurrency is null ? 2 : MinorUnits.Exponent(PrimaryCurrency), MidpointRounding.AwayFromZero);
    }

    /// <summary>The current cost of the order in minor units of <see cref="Currency"/>: the charged amount, unless the owner has edited the total since.</summary>
    /// <param name="orderTotal">The order's current total, in the primary store currency.</param>
    /// <exception cref="OverflowException">The result does not fit in 64 bits.</exception>
    public long CostOf(decimal orderTotal) => OrderTotal is null || OrderTotal == orderTotal ? Amount : ToCharged(orderTotal);

    /// <summary>The order's total that was paid for, in the primary store currency; null if it was not recorded.</summary>
    /// <param name="charged">The amount of the payment in minor units of <see cref="Currency"/>: <see cref="Amount"/>, or what was captured of it.</param>
    public decimal? TotalOf(long charged) =>
        charged == CaptureAmount && CaptureTotal is { } total ? total : charged == Amount ? OrderTotal : ToOrderCurrency(charged);

    /// <summary>Returns the attempt without the customer's personal data: the payment link, and the last digits of cards.</summary>
    public PaymentAttempt Erased() => this with { PaymentUrl = null, Means = Means is null ? null : [.. Means.Select(means => means.Erased())] };

    /// <summary>
    /// Returns the attempt with the parts that MultiSafepay has, whoever reported them; the same instance if all are known. A part that is new is the one whose answer was lost, if that had
    /// the same amount.
    /// </summary>
    /// <param name="parts">The order ids and amounts of parts at MultiSafepay.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    public PaymentAttempt WithParts(IEnumerable<(string OrderId, long Amount)> parts, DateTime nowUtc)
    {
        List<ShipmentPart> known = [.. Parts];
        var isNew = false;
        foreach (var (orderId, amount) in parts.Where(part => !Parts.Any(other => other.OrderId == part.OrderId)))
        {
            isNew = true;
            var unanswered = known.FindIndex(part => part.OrderId is null && part.Amount == amount);
            if (unanswered >= 0)
                known[unanswered] = known[unanswered] with { OrderId = orderId };
            else
                known.Add(new ShipmentPart(amount, nowUtc) { OrderId = orderId });
        }

        return isNew ? this with { Parts = known } : this;
    }

    /// <summary>Returns the attempt with the state, transaction id and payment methods of a transaction; the same instance if they are not new.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="isErased">Whether personal data must not be stored (<see cref="PaymentRecord.IsErased"/>).</param>
    public PaymentAttempt Seen(Transaction transaction, bool isErased = false)
    {
        var state = TransactionStates.From(transaction);

        // One order id can have several transactions: another one that expired or was abandoned says nothing about the one that paid.
        var isOther = TransactionId is not null && transaction.TransactionId != TransactionId;
        if (state == TransactionState.Unknown || (isOther && State?.IsFunded() == true && !state.IsFunded()))
            return this;

        var means = PaymentMeans.From(transaction, Gateway);
        if (isErased)
            means = [.. means.Select(one => one.Erased())];
        var isNew = state != State || transaction.TransactionId != TransactionId || (means.Count > 0 && !means.SequenceEqual(Means ?? []));
        return isNew ? this with { State = state, TransactionId = transaction.TransactionId, Means = means.Count == 0 ? Means : means } : this;
    }
}

/// <summary>The right to apply actions to an order. Saved before the first action, so that of several nodes only one applies them.</summary>
/// <param name="Holder">Identifies the caller.</param>
/// <param name="AtUtc">When it was saved, in UTC.</param>
public sealed record PaymentClaim(Guid Holder, DateTime AtUtc)
{
    /// <summary>After this time the holder is assumed to have crashed.</summary>
    public static readonly TimeSpan AssumedLostAfter = TimeSpan.FromMinutes(2);
}
