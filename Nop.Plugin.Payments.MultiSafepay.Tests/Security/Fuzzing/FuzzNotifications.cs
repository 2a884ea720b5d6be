using System.Text.Json.Nodes;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security.Fuzzing;

/// <summary>Genuine notifications of every kind, to be changed.</summary>
internal static class FuzzNotifications
{
    private static readonly (string Status, string FinancialStatus)[] _plain =
    [
        ("completed", "completed"), ("completed", ""), ("completed", "uncleared"), ("initialized", "initialized"), ("uncleared", "uncleared"), ("shipped", "completed"), ("shipped", "initialized"),
        ("declined", "declined"), ("cancelled", "cancelled"), ("void", "cancelled"), ("void", "void"), ("expired", "expired"), ("reserved", "reserved"), ("chargeback", "completed"),
        ("chargedback", "chargedback")
    ];

    /// <summary>What makes a notification for an order of the shop: its id at MultiSafepay, its GUID, and what was charged.</summary>
    public static IReadOnlyList<Func<string, Guid, long, JsonObject>> All { get; } =
    [
        .. _plain.Select(status => (Func<string, Guid, long, JsonObject>)((id, guid, amount) => Plain(id, guid, amount, status.Status, status.FinancialStatus))),
        (id, guid, amount) => Refunded(id, guid, amount, amount, "refunded"),
        (id, guid, amount) => Refunded(id, guid, amount, amount / 3, "partial_refunded"),
        (id, guid, amount) => Card(id, guid, amount, "completed", "initialized"),
        (id, guid, amount) => With(Card(id, guid, amount, "completed", "initialized"), "related_transactions", new JsonArray(Related("capture", $"{id}-c1", amount / 2))),
        (id, guid, amount) => With(Card(id, guid, amount, "completed", "initialized"), "related_transactions", new JsonArray(Related("capture", id, amount))),
        (id, guid, amount) => With(Plain($"{id}-c1", guid, amount, "completed", "completed"), "auth_order_id", id),
        (id, guid, amount) => With(Plain(id, guid, amount, "completed", "completed"), "payment_methods", new JsonArray(Means("COUPON", 250), Means("IDEAL", amount - 250))),
        (id, guid, amount) => With(Plain(id, guid, amount, "chargeback", "completed"), "related_transactions",
            new JsonArray(Related("chargeback", id, amount), Related("reverse-chargeback", id, amount))),
        (id, guid, amount) => With(Plain(id, guid, amount, "completed", "completed"), "costs", new JsonArray(new JsonObject { ["amount"] = 0.49m, ["currency"] = "EUR" })),
        (id, guid, amount) => With(Plain(id, guid, amount, "completed", "completed"), "shopping_cart",
            new JsonObject { ["items"] = new JsonArray(new JsonObject { ["name"] = "x", ["quantity"] = 1, ["unit_price"] = 10 }) })
    ];

    private static JsonObject Plain(string id, Guid guid, long amount, string status, string financialStatus) => new()
    {
        ["order_id"] = id,
        ["transaction_id"] = "990001",
        ["status"] = status,
        ["financial_status"] = financialStatus,
        ["amount"] = amount,
        ["amount_refunded"] = 0,
        ["currency"] = "EUR",
        ["var1"] = guid.ToString(),
        ["var2"] = null,
        ["reason"] = "",
        ["reason_code"] = "",
        ["created"] = "2030-01-02T04:04:05",
        ["modified"] = "2030-01-02T04:04:05",
        ["customer"] = new JsonObject { ["locale"] = "nl_NL", ["email"] = "sam@customer.example" },
        ["payment_details"] = new JsonObject { ["type"] = "IDEAL", ["account_id"] = null, ["recurring_id"] = null },
        ["payment_methods"] = new JsonArray(Means("IDEAL", amount)),
        ["related_transactions"] = null,
        ["costs"] = new JsonArray()
    };

    private static JsonObject Refunded(string id, Guid guid, long amount, long refunded, string financialStatus)
    {
        var body = With(Plain(id, guid, amount, financialStatus, "completed"), "related_transactions", new JsonArray(Related("refund", id, refunded)));
        return With(body, "amount_refunded", refunded);
    }

    private static JsonObject Card(string id, Guid guid, long amount, string status, string financialStatus) => With(Plain(id, guid, amount, status, financialStatus), "payment_details",
        new JsonObject { ["type"] = "VISA", ["last4"] = "1111", ["card_expiry_date"] = "3012", ["capture"] = "manual", ["capture_expiry"] = "2030-01-09T04:04:05", ["capture_remain"] = amount });

    private static JsonObject Related(string type, string id, long amount) => new()
    {
        ["type"] = type,
        ["status"] = "completed",
        ["amount"] = amount,
        ["currency"] = "EUR",
        ["order_id"] = id,
        ["transaction_id"] = "990002",
        ["created"] = "2030-01-02T05:04:05"
    };

    private static JsonObject Means(string type, long amount) => new() { ["type"] = type, ["amount"] = amount, ["currency"] = "EUR", ["status"] = "completed", ["payment_description"] = type };

    private static JsonObject With(JsonObject body, string field, JsonNode value)
    {
        body[field] = value;
        return body;
    }
}
