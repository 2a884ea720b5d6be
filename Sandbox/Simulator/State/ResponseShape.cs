namespace Sandbox.Simulator.State;

/// <summary>
/// In which of the shapes that were seen of MultiSafepay an order is told, where there is more than one: a switch of the order, or where it has none, of all.
/// Guarded by <see cref="Ledger.Gate"/>.
/// </summary>
public sealed class ResponseShape(ResponseShape? common = null)
{
    private readonly Dictionary<string, bool> _switches = new(StringComparer.Ordinal);

    /// <summary>amount_refunded is missing in the order's JSON.</summary>
    public const string AmountRefundedMissing = "amount_refunded_missing";

    /// <summary>A pay later order that was shipped stays so when it is refunded; its financial status alone becomes refunded or partial_refunded.</summary>
    public const string RefundedStaysShipped = "refunded_stays_shipped";

    /// <summary>A full capture too makes an order of its own, as a partial one does.</summary>
    public const string FullCaptureIsOrder = "full_capture_is_order";

    /// <summary>A refund is notified as the transaction that it is, before its order is.</summary>
    public const string RefundNotified = "refund_notified";

    /// <summary>An order whose payment page nobody has opened is not known.</summary>
    public const string UnopenedIsUnknown = "unopened_is_unknown";

    /// <summary>An order whose payment page nobody has opened stays initialized when its link is over.</summary>
    public const string UnopenedStaysInitialized = "unopened_stays_initialized";

    /// <summary>The account has no partial shipments, which MultiSafepay activates on request only (its pages of e-invoicing and Pay After Delivery).</summary>
    public const string PartialShipmentsOff = "partial_shipments_off";

    /// <summary>The account takes one part of an order and no second one: e-invoicing without multi-shipment.</summary>
    public const string OnePartOnly = "one_part_only";

    /// <summary>The order of a partial shipment shows no cart, and is refunded by amount.</summary>
    public const string PartWithoutCart = "part_without_cart";

    /// <summary>What is not known about stored payment details is answered with HTTP 404 instead of 410; the API description has both. A switch for all only.</summary>
    public const string UnknownTokenIs404 = "unknown_token_is_404";

    /// <summary>A declined payment with stored details is answered with error 1024 instead of the declined order; no source tells which of the two MultiSafepay does.</summary>
    public const string DeclinedTokenIsError = "declined_token_is_error";

    /// <summary>The digits of stored details are always text; otherwise numbers, but for last four digits that begin with a zero. A switch for all only.</summary>
    public const string TokenDigitsAreText = "token_digits_are_text";

    /// <summary>The model of stored details is named as in the example of the API description. A switch for all only.</summary>
    public const string TokenModelIsRecurringModel = "token_model_is_recurring_model";

    public static IReadOnlyList<string> Names { get; } =
    [
        AmountRefundedMissing, RefundedStaysShipped, FullCaptureIsOrder, RefundNotified, UnopenedIsUnknown, UnopenedStaysInitialized, PartialShipmentsOff, OnePartOnly,
        PartWithoutCart, UnknownTokenIs404, DeclinedTokenIsError, TokenDigitsAreText, TokenModelIsRecurringModel,
    ];

    public bool Has(string name) => _switches.TryGetValue(name, out var on) ? on : common?.Has(name) ?? false;

    public void Set(string name, bool on) => _switches[name] = on;

    public void Clear() => _switches.Clear();
}
