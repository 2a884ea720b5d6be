using System.Text.Json.Nodes;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Api;

/// <summary>Writes an order as GET orders shows it and as a notification carries it.</summary>
public static class OrderJson
{
    private static readonly string[] _customerFields =
        ["address1", "address2", "city", "cocnumber", "company_name", "country", "email", "house_number", "state", "zip_code"];

    /// <summary>As seen from one of its transactions; with none it is a session that nobody has paid in.</summary>
    public static JsonObject Write(SimulatedOrder order, SimulatedTransaction? transaction, bool maskIban = false)
    {
        var session = transaction?.Session ?? order.Session;
        var request = session.Request;
        var closed = session.ClosedAs is { } status && !(status == Status.Expired && order.Shape.Has(ResponseShape.UnopenedStaysInitialized)) ? status : Status.Initialized;
        var json = new JsonObject
        {
            ["amount"] = transaction?.Amount ?? session.Amount,
            ["amount_refunded"] = transaction?.Refunded ?? 0,
            ["costs"] = Costs(transaction),
            ["created"] = Json.Time(transaction?.Created ?? session.Created),
            ["currency"] = session.Currency,
            ["custom_info"] = CustomInfo(request),
            ["customer"] = Customer(request),
            ["description"] = session.Description,
            ["fastcheckout"] = "NO",
            ["financial_status"] = transaction?.FinancialStatus ?? closed,
            ["items"] = Copy(request, "items"),
            ["modified"] = Json.Time(transaction?.Modified ?? order.Modified),
            ["order_id"] = order.OrderId,
            ["payment_details"] = PaymentJson.Details(order, transaction, maskIban),
            ["payment_methods"] = PaymentJson.Methods(session, transaction, maskIban),
            ["reason"] = transaction?.Reason ?? "",
            ["reason_code"] = transaction?.ReasonCode,
            ["related_transactions"] = Related(transaction, session.Currency),
            ["status"] = transaction?.Status ?? closed,
            ["transaction_id"] = transaction?.Id,
            ["var1"] = Copy(request, "var1"),
            ["var2"] = Copy(request, "var2"),
            ["var3"] = Copy(request, "var3"),
        };

        if (order.Shape.Has(ResponseShape.AmountRefundedMissing))
            json.Remove("amount_refunded");
        if (transaction?.Completed is { } completed)
            json["completed"] = Json.Time(completed);
        if (transaction?.CaptureOf is { } authorization)
            json["auth_order_id"] = authorization;
        if (Copy(request, "shopping_cart") is { } cart)
        {
            json["shopping_cart"] = cart;

            // Sent wrapped in tax_tables, shown without.
            json["checkout_options"] = (request["checkout_options"] as JsonObject)?["tax_tables"]?.DeepClone();
            json["order_total"] = Currencies.ToDecimal(session.Amount, session.Currency);
        }

        foreach (var (field, value) in order.Shipment)
            json[field] = value;
        return json;
    }

    /// <summary>A refund as the transaction that it is: an order of its own when it was given an order id, otherwise under that of its payment.</summary>
    public static JsonObject WriteRelated(SimulatedTransaction parent, SimulatedRelatedTransaction related)
    {
        var gateway = GatewayCatalogue.Get(parent.GatewayId);
        return new()
        {
            ["amount"] = related.Amount,
            ["amount_refunded"] = 0,
            ["costs"] = new JsonArray(),
            ["created"] = Json.Time(related.Created),
            ["currency"] = parent.Session.Currency,
            ["description"] = related.Description,
            ["fastcheckout"] = "NO",
            ["financial_status"] = related.FinancialStatus,
            ["items"] = null,
            ["modified"] = Json.Time(related.Modified),
            ["order_id"] = related.OrderId,
            ["payment_details"] = new JsonObject { ["type"] = gateway.Id },
            ["payment_methods"] = new JsonArray(),
            ["reason"] = "",
            ["reason_code"] = null,
            ["related_transactions"] = null,
            ["status"] = related.Status,
            ["transaction_id"] = related.Id,
            ["type"] = related.Type,
            ["var1"] = related.Var1,
            ["var2"] = related.Var2,
            ["var3"] = related.Var3,
        };
    }

    private static JsonArray Costs(SimulatedTransaction? transaction)
    {
        var costs = new JsonArray();
        if (transaction is null)
            return costs;

        if (transaction.Fee > 0)
        {
            var name = GatewayCatalogue.Get(transaction.GatewayId).Name;
            costs.Add(new JsonObject
            {
                ["amount"] = transaction.Fee,
                ["description"] = FormattableString.Invariant($"{transaction.Fee} {transaction.Session.Currency} For {name} Transactions"),
                ["transaction_id"] = transaction.Id + 1,
                ["type"] = "SYSTEM",
            });
        }

        foreach (var refund in transaction.Refunds)
        {
            costs.Add(new JsonObject
            {
                ["amount"] = 0,
                ["created"] = Json.Time(refund.Created),
                ["description"] = refund.Description,
                ["status"] = refund.Status,
                ["transaction_id"] = refund.Id,
                ["type"] = "withdraw",
            });
        }

        return costs;
    }

    private static JsonArray? Related(SimulatedTransaction? transaction, string currency) =>
        transaction is null || transaction.Related.Count == 0 ? null : new([.. transaction.Related.Select(related => new JsonObject
        {
            ["amount"] = related.Amount,
            ["costs"] = new JsonArray(),
            ["created"] = Json.Time(related.Created),
            ["currency"] = currency,
            ["description"] = related.Description,
            ["modified"] = Json.Time(related.Modified),
            ["order_id"] = related.OrderId,
            ["reference_transaction_id"] = transaction.Id,
            ["status"] = related.Status,
            ["transaction_id"] = related.Id,
            ["type"] = related.Type,
        })]);

    private static JsonObject Customer(JsonObject request)
    {
        var sent = request["customer"] as JsonObject ?? [];
        var customer = new JsonObject();
        foreach (var field in _customerFields)
            customer[field] = Copy(sent, field);
        customer["country_name"] = null;
        customer["first_name"] = Copy(sent, "first_name") ?? Copy(sent, "firstname");
        customer["last_name"] = Copy(sent, "last_name") ?? Copy(sent, "lastname");
        customer["locale"] = Copy(sent, "locale") ?? "en_US";
        customer["phone1"] = Copy(sent, "phone");
        customer["phone2"] = "";
        return customer;
    }

    private static JsonObject CustomInfo(JsonObject request)
    {
        var sent = request["custom_info"] as JsonObject ?? [];
        return new() { ["custom_1"] = Copy(sent, "custom_1"), ["custom_2"] = Copy(sent, "custom_2"), ["custom_3"] = Copy(sent, "custom_3") };
    }

    private static JsonNode? Copy(JsonObject from, string field) => from[field]?.DeepClone();
}
