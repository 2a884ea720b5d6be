using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Faults;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Control;

/// <summary>Writes what the control API shows. Times here are ISO 8601 in UTC.</summary>
public static class ControlJson
{
    public static JsonObject Summary(SimulatedOrder order) => new()
    {
        ["order_id"] = order.OrderId,
        ["site_id"] = order.Site.SiteId,
        ["status"] = order.Status,
        ["financial_status"] = order.FinancialStatus,
        ["currency"] = order.Session.Currency,
        ["amount"] = order.Current?.Amount ?? order.Session.Amount,
        ["created"] = Time(order.Created),
        ["modified"] = Time(order.Modified),
        ["amounts"] = Amounts(order),
    };

    public static JsonObject Whole(SimulatedOrder order)
    {
        var json = Summary(order);
        json["possible"] = new JsonArray([.. OrderTransitions.Possible(order).Select(name => JsonValue.Create(name))]);
        json["excluded"] = order.Excluded;
        json["sessions"] = new JsonArray([.. order.Sessions.Select(Session)]);
        json["transactions"] = new JsonArray([.. order.Transactions.Select(Transaction)]);
        json["deliveries"] = new JsonArray([.. order.Deliveries.Select(Delivery)]);
        json["order"] = OrderJson.Write(order, order.Current);
        return json;
    }

    /// <summary>Where the money of the order is, in minor units.</summary>
    public static JsonObject Amounts(SimulatedOrder order) => new()
    {
        ["charged"] = order.Charged,
        ["authorized"] = order.Authorized,
        ["captured"] = order.Captured,
        ["refunded"] = order.Refunded,
        ["reserved"] = order.Reserved,
        ["charged_back"] = order.ChargedBack,
        ["net"] = order.Charged - order.Refunded - order.ChargedBack,
    };

    public static JsonObject Delivery(Delivery delivery)
    {
        var attempts = delivery.Attempts;
        return new()
        {
            ["created"] = Time(delivery.Created),
            ["state"] = Name(delivery.State),
            ["status"] = delivery.Status,
            ["financial_status"] = delivery.FinancialStatus,
            ["transaction_id"] = delivery.TransactionId,
            ["method"] = delivery.Method,
            ["url"] = delivery.Url,
            ["pretransaction"] = delivery.IsPretransaction,
            ["forged"] = delivery.Twist.IsForged,
            ["note"] = delivery.Note,
            ["body"] = JsonNode.Parse(delivery.Body.Span),
            ["attempts"] = new JsonArray([.. attempts.Select(attempt => new JsonObject
            {
                ["number"] = attempt.Number,
                ["at"] = Time(attempt.At),
                ["timestamp"] = attempt.Timestamp,
                ["status_code"] = attempt.StatusCode,
                ["answer"] = attempt.Answer,
                ["milliseconds"] = (long)attempt.Duration.TotalMilliseconds,
                ["acknowledged"] = attempt.Acknowledged,
            })]),
        };
    }

    public static JsonObject Request(RecordedRequest request) => new()
    {
        ["number"] = request.Number,
        ["at"] = Time(request.At),
        ["method"] = request.Method,
        ["path"] = request.Path,
        ["query"] = Map(request.Query),
        ["headers"] = Map(request.Headers),
        ["site_id"] = request.SiteId,
        ["body"] = request.Body?.DeepClone(),
        ["text"] = request.Text,
        ["status_code"] = request.StatusCode,
        ["answer"] = request.Answer?.DeepClone(),
        ["dropped"] = request.Dropped,
    };

    public static JsonObject Fault(Fault fault, int left) => new()
    {
        ["kind"] = Name(fault.Kind),
        ["method"] = fault.Method,
        ["path"] = fault.Path,
        ["order_id"] = fault.OrderId,
        ["left"] = left,
        ["milliseconds"] = fault.Milliseconds,
        ["status"] = fault.StatusCode,
        ["error_code"] = fault.ErrorCode,
        ["error_info"] = fault.ErrorInfo,
        ["copies"] = fault.Copies,
    };

    /// <summary>DropAnswerAfterWork becomes drop-answer-after-work.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum
    {
        var text = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static JsonObject Session(PaymentSession session) => new()
    {
        ["session_id"] = session.Id,
        ["type"] = session.Type,
        ["gateway"] = session.GatewayId,
        ["amount"] = session.Amount,
        ["created"] = Time(session.Created),
        ["expires"] = Time(session.ExpiresAt),
        ["openings"] = session.Openings,
        ["closed_as"] = session.ClosedAs,
        ["notification_url"] = session.NotificationUrl,
        ["redirect_url"] = session.RedirectUrl,
        ["cancel_url"] = session.CancelUrl,
        ["request"] = session.Request.DeepClone(),
    };

    private static JsonObject Transaction(SimulatedTransaction transaction) => new()
    {
        ["transaction_id"] = transaction.Id,
        ["session_id"] = transaction.Session.Id,
        ["gateway"] = transaction.GatewayId,
        ["amount"] = transaction.Amount,
        ["status"] = transaction.Status,
        ["financial_status"] = transaction.FinancialStatus,
        ["created"] = Time(transaction.Created),
        ["modified"] = Time(transaction.Modified),
        ["completed"] = transaction.Completed is { } completed ? Time(completed) : null,
        ["expires"] = transaction.ExpiresAt is { } expires ? Time(expires) : null,
        ["refundable"] = transaction.Refundable,
        ["capture_remain"] = SimulatedOrder.CaptureRemain(transaction),
        ["capture_of"] = transaction.CaptureOf,
        ["part_of"] = transaction.PartOf,
        ["unshipped"] = transaction.Unshipped,
        ["related"] = new JsonArray([.. transaction.Related.Select(related => new JsonObject
        {
            ["transaction_id"] = related.Id,
            ["type"] = related.Type,
            ["order_id"] = related.OrderId,
            ["amount"] = related.Amount,
            ["status"] = related.Status,
            ["financial_status"] = related.FinancialStatus,
            ["created"] = Time(related.Created),
        })]),
    };

    private static JsonObject Map(IReadOnlyDictionary<string, string> pairs)
    {
        var json = new JsonObject();
        foreach (var (key, value) in pairs)
            json[key] = value;
        return json;
    }

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
