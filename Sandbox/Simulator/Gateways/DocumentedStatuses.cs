using System.Collections.Frozen;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Gateways;

/// <summary>What an order, a transaction or a refund shows: its status, and the financial_status of its money.</summary>
public readonly record struct StatusPair(string Status, string FinancialStatus)
{
    public override string ToString() => $"{Status}/{FinancialStatus}";
}

/// <summary>
/// The pairs of statuses that MultiSafepay documents for a payment method, each method on a page of its own, and how a payment goes through them.
/// Read from method-statuses.tsv.
/// </summary>
public sealed class DocumentedStatuses
{
    // The page of the documentation, and the gateways that it is about.
    private static readonly string[] _gatewaysOfPages =
    [
        "alipay-plus ALIPAYPLUS", "alipay ALIPAY", "amazon-pay AMAZONBTN", "apple-pay APPLEPAY", "bancontact MISTERCASH", "bank-transfer BANKTRANS",
        "belfius BELFIUS", "betaalpermaand SANTANDER", "billink BILLINK", "bizum BIZUM", "card-payments CREDITCARD VISA MASTERCARD MAESTRO AMEX",
        "cbc-kbc CBC KBC", "direct-debit DIRDEB", "dotpay DOTPAY", "e-invoicing EINVOICE", "edenred EDENCOM", "eps EPS",
        "gift-cards VVVGIFTCRD FASHIONCHQ", "giropay GIROPAY", "google-pay GOOGLEPAY", "ideal IDEAL WERO", "in3 IN3 IN3B2B", "klarna KLARNA", "mbway MBWAY",
        "monizze MONIGIFT", "multibanco MULTIBANCO", "mybank MYBANK", "pay-after-delivery-installments BNPL_INSTM BNPL_INST",
        "pay-after-delivery PAYAFTER BNPL_MF BNPL_OB", "paypal PAYPAL", "paysafecard PSAFECARD", "request-to-pay DBRTP", "riverty AFTERPAY",
        "sodexo SODESPORTS", "sofort DIRECTBANK", "trustly TRUSTLY", "trustpay TRUSTPAY", "wechatpay WECHAT", "zinia ZINIA ZINIA_IN3",
    ];

    private static readonly FrozenDictionary<string, DocumentedStatuses> _byGateway = Read();

    /// <summary>Of a payment, in the order of the page.</summary>
    public required IReadOnlyList<StatusPair> Payments { get; init; }

    /// <summary>Of a refund's own transaction; empty: the method has no refunds.</summary>
    public required IReadOnlyList<StatusPair> Refunds { get; init; }

    /// <summary>The gateways that each page is about, by the page's name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Pages { get; } =
        _gatewaysOfPages.Select(line => line.Split(' ')).ToFrozenDictionary(words => words[0], IReadOnlyList<string> (words) => words[1..]);

    /// <summary>Where a refund may wait, reserved first, as it is without balance; empty: it is made at once.</summary>
    public IEnumerable<StatusPair> WaitingRefunds =>
        Refunds.Where(pair => pair.Status is not (Status.Completed or Status.Declined)).OrderByDescending(pair => pair.Status == Status.Reserved);

    /// <summary>What a refund that is made shows.</summary>
    public StatusPair MadeRefund => Refunds.FirstOrDefault(pair => pair.Status == Status.Completed, new(Status.Completed, Status.Completed));

    public static DocumentedStatuses For(string gatewayId) => _byGateway[gatewayId];

    /// <summary>
    /// Where a payment ends that succeeds: on its way to MultiSafepay, or with it, or, when the provider collects, for ever initialized.
    /// </summary>
    public StatusPair Succeeded(bool payLater)
    {
        ReadOnlySpan<StatusPair> collectedByProvider = [new(Status.Completed, Status.Initialized)];
        return First(
            [
                new(Status.Completed, Status.Uncleared), .. payLater ? collectedByProvider : [], new(Status.Completed, Status.Completed),
                .. collectedByProvider,
            ],
            new(Status.Completed, Status.Completed));
    }

    /// <summary>What a shipment makes of the money: of pay later methods it is on its way then; the others, whose pages know no shipment, keep it.</summary>
    public string FinancialStatusOfShipment(string financialStatus) =>
        financialStatus == Status.Completed ? Status.Completed
        : First([new(Status.Shipped, Status.Uncleared), new(Status.Shipped, Status.Initialized)], new(Status.Shipped, financialStatus)).FinancialStatus;

    /// <summary>Where a payment ends whose money arrives; some methods say completed even of what was shipped. Null: none is documented to arrive.</summary>
    public StatusPair? Settled(string status)
    {
        StatusPair same = new(status, Status.Completed), completed = new(Status.Completed, Status.Completed);
        return Payments.Contains(same) ? same : status == Status.Shipped && Payments.Contains(completed) ? completed : null;
    }

    /// <summary>How a payment is cancelled: as asked for, and where nothing is asked for as the page has it.</summary>
    public StatusPair Cancellation(string? status, string? financialStatus)
    {
        ReadOnlySpan<StatusPair> known =
            [new(Status.Void, Status.Cancelled), new(Status.Void, Status.Void), new(Status.Cancelled, Status.Cancelled), new(Status.Cancelled, Status.Void)];
        foreach (var pair in known)
        {
            if ((status ?? pair.Status) == pair.Status && (financialStatus ?? pair.FinancialStatus) == pair.FinancialStatus && Payments.Contains(pair))
                return pair;
        }

        return new(status ?? Status.Void, financialStatus ?? Status.Cancelled);
    }

    private StatusPair First(ReadOnlySpan<StatusPair> wanted, StatusPair otherwise)
    {
        foreach (var pair in wanted)
        {
            if (Payments.Contains(pair))
                return pair;
        }

        return otherwise;
    }

    private static FrozenDictionary<string, DocumentedStatuses> Read()
    {
        using var reader = new StreamReader(typeof(DocumentedStatuses).Assembly.GetManifestResourceStream("method-statuses.tsv")!);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != '#').Skip(1)
            .Select(line => line.Split('\t'))
            .ToLookup(row => row[0], row => (IsPayment: row[1] == "payment", Pair: new StatusPair(row[2], row[3])));
        return _gatewaysOfPages.Select(line => line.Split(' ')).SelectMany(words => words.Skip(1).Select(gateway => (gateway, new DocumentedStatuses
        {
            Payments = [.. rows[words[0]].Where(row => row.IsPayment).Select(row => row.Pair)],
            Refunds = [.. rows[words[0]].Where(row => !row.IsPayment).Select(row => row.Pair)],
        }))).ToFrozenDictionary(entry => entry.gateway, entry => entry.Item2);
    }
}
