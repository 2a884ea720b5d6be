using System.Text.Json.Nodes;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Api;

/// <summary>Writes the list of methods as GET payment-methods and GET gateways show it.</summary>
public static class PaymentMethodJson
{
    /// <summary>What the caller filters by; null: not at all.</summary>
    public sealed record Query(string? Country, string? Currency, long? Amount, bool GroupCards, bool IncludeCoupons, string? Type, string? Locale = null);

    public static JsonArray List(Query query, GatewaySwitches switches, RecurringSwitches recurring, string baseUrl)
    {
        var methods = GatewayCatalogue.All
            .Where(switches.IsOn)
            .Where(gateway => gateway.Suits(query.Country, query.Currency, query.Amount))
            .Where(gateway => gateway.Kind != GatewayKind.GiftCard || query.IncludeCoupons || query.Type == "coupon")
            .Where(gateway => query.Type is null || query.Type == TypeOf(gateway))
            .Where(gateway => gateway.IsGroup ? query.GroupCards : !(query.GroupCards && gateway.Kind == GatewayKind.Card));
        return new([.. methods.Select(gateway => Write(gateway, switches, recurring, baseUrl, query.Locale))]);
    }

    /// <summary>A method with everything that is known of it; manual_capture and is_wallet are read by the PHP SDK since 5.21.0.</summary>
    public static JsonObject Write(Gateway gateway, GatewaySwitches switches, RecurringSwitches recurring, string baseUrl, string? locale = null)
    {
        var json = Write(gateway, recurring, baseUrl, locale);
        if (switches.ListsOlderShape)
            return json;
        json["manual_capture"] = new JsonObject { ["is_enabled"] = switches.CapturesByHand(gateway), ["supported"] = gateway.AuthorizationLifetime is not null };
        json["is_wallet"] = gateway.HoldsCard;
        return json;
    }

    private static JsonObject Write(Gateway gateway, RecurringSwitches recurring, string baseUrl, string? locale) => new()
    {
        ["additional_data"] = new JsonObject(),
        ["allowed_amount"] = new JsonObject { ["max"] = gateway.MaxAmount, ["min"] = gateway.MinAmount },
        ["allowed_countries"] = Strings(gateway.Countries),
        ["allowed_currencies"] = Strings(gateway.Currencies.Count == 0 ? Currencies.All : gateway.Currencies),
        ["apps"] = new JsonObject
        {
            ["fastcheckout"] = new JsonObject { ["is_enabled"] = false },
            ["payment_components"] = new JsonObject
            {
                ["has_fields"] = gateway.Kind is GatewayKind.Card or GatewayKind.PayLater,
                ["is_enabled"] = gateway.Kind is GatewayKind.Card or GatewayKind.PayLater,
            },
        },
        ["brands"] = gateway.IsGroup
            ? new JsonArray([.. GatewayCatalogue.All.Where(card => card is { Kind: GatewayKind.Card, IsGroup: false }).Select(card => Brand(card, baseUrl))])
            : new JsonArray(),
        ["icon_urls"] = Icons(gateway, baseUrl),
        ["id"] = gateway.Id,
        ["name"] = gateway.NameIn(locale),
        ["preferred_countries"] = Strings(gateway.Countries.Count == 1 ? gateway.Countries : []),
        ["required_customer_data"] = Strings(gateway.RequiredCustomerData),
        ["shopping_cart_required"] = gateway.CartRequired,
        ["tokenization"] = recurring.Write(gateway),
        ["type"] = TypeOf(gateway),
    };

    public static JsonArray Gateways(string? country, bool includeCoupons, GatewaySwitches switches) => new(
    [
        .. GatewayCatalogue.All
            .Where(gateway => switches.IsOn(gateway) && gateway.Suits(country, currency: null, amount: null) && (gateway.Kind != GatewayKind.GiftCard || includeCoupons))
            .Select(WriteGateway),
    ]);

    public static JsonObject WriteGateway(Gateway gateway)
    {
        var json = new JsonObject { ["id"] = gateway.Id, ["description"] = gateway.Name };
        if (gateway.Kind == GatewayKind.GiftCard)
            json["type"] = "coupon";
        return json;
    }

    private static string TypeOf(Gateway gateway) => gateway.Kind == GatewayKind.GiftCard ? "coupon" : "payment-method";

    private static JsonObject Brand(Gateway card, string baseUrl) => new()
    {
        ["icon_urls"] = Icons(card, baseUrl),
        ["id"] = card.Id,
        ["name"] = card.Name,
    };

    // Served by the simulator itself, so that a page works without the internet.
    private static JsonObject Icons(Gateway gateway, string baseUrl)
    {
        var url = $"{baseUrl}/img/methods/{gateway.Id.ToLowerInvariant()}.svg";
        return new() { ["large"] = url, ["medium"] = url, ["vector"] = url };
    }

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
