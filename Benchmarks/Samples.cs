using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

namespace Benchmarks;

/// <summary>Notifications as MultiSafepay writes them. All names and numbers are made up.</summary>
internal static class Samples
{
    public const string ApiKey = "made-up-key-of-the-benchmarks-0123456789";

    /// <summary>For a transaction whose order does not matter.</summary>
    public static readonly OrderReference NoOrder = new(Guid.Empty, 0);

    /// <summary>A transaction with so many rows in its cart.</summary>
    public static JsonObject Transaction(string orderId, OrderReference order, long amount, string status = "completed", int rows = 3) => new()
    {
        ["amount"] = amount,
        ["amount_refunded"] = 0,
        ["checkout_options"] = new JsonObject
        {
            ["alternate"] = new JsonArray(new JsonObject { ["name"] = "21", ["rules"] = new JsonArray(new JsonObject { ["country"] = "", ["rate"] = 0.21m }), ["standalone"] = false }),
            ["default"] = new JsonObject { ["rate"] = 0.21m, ["shipping_taxed"] = true },
        },
        ["costs"] = new JsonArray(new JsonObject { ["amount"] = 0.49m, ["description"] = "0.49 For iDEAL Transactions", ["transaction_id"] = "700001", ["type"] = "SYSTEM" }),
        ["created"] = "2026-01-03T15:08:02",
        ["currency"] = "EUR",
        ["customer"] = new JsonObject
        {
            ["address1"] = "Kraanspoor",
            ["address2"] = "",
            ["city"] = "Amsterdam",
            ["country"] = "NL",
            ["country_name"] = "The Netherlands",
            ["email"] = "customer@shop.example",
            ["first_name"] = "Zoë",
            ["house_number"] = "39C",
            ["last_name"] = "de Vries",
            ["locale"] = "nl_NL",
            ["phone1"] = "0208500500",
            ["phone2"] = "",
            ["state"] = null,
            ["zip_code"] = "1033SC",
        },
        ["description"] = $"{orderId} - De Koperen Pan",
        ["fastcheckout"] = "NO",
        ["financial_status"] = status,
        ["items"] = null,
        ["modified"] = "2026-01-03T15:09:14",
        ["order_id"] = orderId,
        ["payment_details"] = new JsonObject
        {
            ["account_holder_name"] = "Z. de Vries",
            ["account_iban"] = "NL00EXMP0000000001",
            ["external_transaction_id"] = "700001",
            ["recurring_id"] = null,
            ["type"] = "IDEAL"
        },
        ["payment_methods"] = new JsonArray(new JsonObject
        {
            ["amount"] = amount,
            ["currency"] = "EUR",
            ["external_transaction_id"] = "700001",
            ["payment_description"] = "iDEAL",
            ["status"] = status,
            ["type"] = "IDEAL"
        }),
        ["reason"] = "",
        ["reason_code"] = "",
        ["related_transactions"] = null,
        ["shopping_cart"] = new JsonObject { ["items"] = new JsonArray([.. Enumerable.Range(1, rows).Select(Row)]) },
        ["status"] = status,
        ["transaction_id"] = "700001",
        ["var1"] = order.ToString(),
        ["var2"] = null,
        ["var3"] = null,
    };

    public static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    /// <summary>A transaction of at least so many bytes: its cart is long enough.</summary>
    public static byte[] TransactionOf(int bytes)
    {
        for (var rows = 0; ; rows++)
        {
            if (Bytes(Transaction("1001", NoOrder, 4995, rows: rows)) is var body && body.Length >= bytes)
                return body;
        }
    }

    public static string Sign(byte[] body, DateTimeOffset at) => NotificationSignature.CreateHeader(body, ApiKey, at);

    private static JsonObject Row(int number) => new()
    {
        ["currency"] = "EUR",
        ["description"] = "Handmade, with a lid",
        ["merchant_item_id"] = FormattableString.Invariant($"PAN-{number:0000}"),
        ["name"] = FormattableString.Invariant($"Frying pan no. {number}"),
        ["quantity"] = 1,
        ["tax_table_selector"] = "21",
        ["unit_price"] = 41.2809917355m,
        ["weight"] = new JsonObject { ["unit"] = "KG", ["value"] = 1.9m },
    };
}
