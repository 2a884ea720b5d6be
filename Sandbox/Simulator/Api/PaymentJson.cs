using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Api;

/// <summary>Writes how an order was paid: payment_details and, one for each method of a split tender, payment_methods.</summary>
public static class PaymentJson
{
    private const string Iban = "NL02ABNA0123456789";

    public static JsonObject Details(SimulatedOrder order, SimulatedTransaction? transaction, bool maskIban)
    {
        var details = new JsonObject
        {
            ["account_holder_name"] = null,
            ["account_id"] = null,
            ["external_transaction_id"] = transaction is null ? null : ExternalId(transaction),
            ["recurring_flow"] = null,
            ["recurring_id"] = null,
            ["recurring_model"] = null,
            ["response_code"] = null,
            ["type"] = transaction?.GatewayId ?? order.Session.GatewayId,
        };
        if (transaction is null)
            return details;

        AddAccount(details, transaction, maskIban);
        AddRecurring(details, transaction);
        if (transaction.GatewayId is "APPLEPAY" or "GOOGLEPAY" && transaction.Status != Status.Initialized)
        {
            // The card in the wallet.
            details["type"] = "VISA";
            details["card_expiry_date"] = TestCards.ExpiryDate;
            details["last4"] = TestCards.LastFour("VISA");
        }

        if (transaction.Authorization is { } held)
        {
            details["capture"] = "manual";
            details["capture_expiry"] = Json.Time(held.ExpiresAt);
            details["capture_remain"] = SimulatedOrder.CaptureRemain(transaction);
        }

        return details;
    }

    /// <summary>Where to transfer the money (docs.multisafepay.com, Payment components, Redirect bank transfer payments).</summary>
    public static JsonObject Transfer(SimulatedTransaction transaction) => new()
    {
        ["mtpinfo"] = Iban,
        ["reference"] = (9_202_000_000_000_000 + transaction.Id).ToString(CultureInfo.InvariantCulture),
        ["issuer_name"] = "Test bank",
        ["destination_holder_name"] = "MultiSafepay",
        ["destination_holder_city"] = "Amsterdam",
        ["destination_holder_country"] = "NL",
        ["destination_holder_iban"] = Iban,
        ["destination_holder_swift"] = "ABNANL2A",
        ["account_holder_country"] = "NL",
    };

    public static JsonArray Methods(PaymentSession session, SimulatedTransaction? transaction, bool maskIban)
    {
        var methods = new JsonArray();
        if (transaction is null)
            return methods;

        if (transaction.GiftCardAmount > 0)
        {
            methods.Add(new JsonObject
            {
                ["amount"] = transaction.GiftCardAmount,
                ["coupon_brand"] = transaction.GiftCard,
                ["currency"] = session.Currency,
                ["description"] = session.Description,
                ["external_transaction_id"] = ExternalId(transaction) + "1",
                ["payment_description"] = GatewayCatalogue.Find(transaction.GiftCard)?.Name,
                ["status"] = transaction.Status,
                ["type"] = "COUPON",
            });
        }

        if (transaction.Amount > transaction.GiftCardAmount)
        {
            // What a gift card leaves open, of a payment that began with it, was paid by iDEAL.
            var gateway = GatewayCatalogue.Get(transaction.GatewayId) is { Kind: not GatewayKind.GiftCard } own ? own : GatewayCatalogue.Get("IDEAL");
            var method = new JsonObject
            {
                ["amount"] = transaction.Amount - transaction.GiftCardAmount,
                ["currency"] = session.Currency,
                ["description"] = session.Description,
                ["external_transaction_id"] = ExternalId(transaction),
                ["payment_description"] = gateway.NameIn(session.Locale),
                ["status"] = transaction.Status,
                ["type"] = gateway.Id,
            };
            AddAccount(method, transaction, maskIban);
            methods.Add(method);
        }

        return methods;
    }

    private static void AddAccount(JsonObject json, SimulatedTransaction transaction, bool maskIban)
    {
        if (transaction.Status == Status.Initialized)
            return;

        json["account_holder_name"] = "Test Holder";
        var gateway = GatewayCatalogue.Get(transaction.GatewayId);
        if (gateway.Kind == GatewayKind.Card)
        {
            json["card_expiry_date"] = transaction.Token?.ExpiryDate ?? TestCards.ExpiryDate;
            json["last4"] = transaction.Token?.Last4 ?? TestCards.LastFour(gateway.Id);
        }
        else if (gateway.Kind == GatewayKind.Banking)
        {
            json["account_iban"] = maskIban ? "*** " + Iban[^4..] : Iban;
            json["account_id"] = maskIban ? "*** " + Iban[^4..] : Iban;
        }
    }

    // A card payment has an id there even if nothing was stored: a number, with which nobody can pay.
    private static void AddRecurring(JsonObject json, SimulatedTransaction transaction)
    {
        if (transaction.Token is { } token)
        {
            json["recurring_flow"] = transaction.Session.Token is null ? "manual" : "token";
            json["recurring_id"] = token.Id;
            json["recurring_model"] = transaction.Session.RecurringModel;
        }
        else if (transaction.Completed is not null && GatewayCatalogue.Get(transaction.GatewayId).Kind == GatewayKind.Card)
        {
            json["recurring_id"] = "99" + transaction.Id.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string ExternalId(SimulatedTransaction transaction) => (transaction.Id / 7).ToString(CultureInfo.InvariantCulture);
}
