using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Api;

/// <summary>The part of the API about stored payment details (OpenAPI description, paths/recurring; answers of PHP SDK 5.21.0).</summary>
public static class TokenEndpoints
{
    private const int DefaultLimit = 10;

    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        api.MapGet("/recurring/{reference}", List);
        api.MapGet("/recurring/{reference}/token/{token}", Get);
        api.MapPatch("/recurring/{reference}/update/{token}", UpdateAsync);
        api.MapDelete("/recurring/{reference}/remove/{token}", Remove);
    }

    // A customer without stored details is an error, and not an empty list.
    private static IResult List(string reference, HttpContext context, Ledger ledger, TokenVault vault, TokenPayments payments)
    {
        var (limit, offset) = (Number(context, "limit", DefaultLimit), Number(context, "offset", 0));
        lock (ledger.Gate)
        {
            var tokens = vault.Of(context.Site(), Segment(reference));
            if (tokens.Count == 0)
                throw payments.NotKnown("Not found");
            return Json.Success(new JsonObject { ["tokens"] = new JsonArray([.. tokens.Skip(offset).Take(limit).Select(token => Write(token, ledger))]) });
        }
    }

    private static IResult Get(string reference, string token, HttpContext context, Ledger ledger, TokenVault vault, TokenPayments payments)
    {
        lock (ledger.Gate)
            return Json.Success(Write(Find(context, reference, token, vault) ?? throw payments.NotKnown("Not found: token"), ledger));
    }

    private static async Task<IResult> UpdateAsync(string reference, string token, HttpContext context, Ledger ledger, TokenVault vault, TokenPayments payments)
    {
        var body = await Json.ReadAsync(context.Request);
        var month = Fields.Text(body, "expiry_date")?.PadLeft(4, '0');
        if (!DateOnly.TryParseExact(month, "yyMM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            throw RefusalException.General("Invalid expiry_date: YYMM is expected (CardExpiryDate.yaml)");
        lock (ledger.Gate)
        {
            if (Find(context, reference, token, vault) is not { Last4: not null } stored)
                throw payments.NotKnown("Token not updated");
            stored.ExpiryDate = month;
            return Json.Success(new JsonObject { ["updated"] = true });
        }
    }

    private static IResult Remove(string reference, string token, HttpContext context, Ledger ledger, TokenVault vault, TokenPayments payments)
    {
        lock (ledger.Gate)
        {
            vault.Remove(Find(context, reference, token, vault) ?? throw payments.NotKnown("Token not removed"));
            return Json.Success(new JsonObject { ["removed"] = true });
        }
    }

    private static StoredToken? Find(HttpContext context, string reference, string token, TokenVault vault) => vault.Find(context.Site(), Segment(reference), Segment(token));

    // The SDKs know the digits as a number, or as text where it begins with a zero, and the description as text.
    private static JsonObject Write(StoredToken token, Ledger ledger)
    {
        var asText = ledger.Shape.Has(ResponseShape.TokenDigitsAreText);
        return new()
        {
            ["token"] = token.Id,
            ["code"] = token.GatewayId,
            ["display"] = token.Display,
            ["bin"] = TestCards.Bin(token.GatewayId),
            ["name_holder"] = "Test Holder",
            ["expiry_date"] = token.ExpiryDate is { } month ? Digits(month, asText) : "",
            ["expired"] = token.HasExpired(ledger.Now) ? 1 : 0,
            ["last4"] = token.Last4 is { } digits ? Digits(digits, asText || digits[0] == '0') : null,
            [ledger.Shape.Has(ResponseShape.TokenModelIsRecurringModel) ? "recurring_model" : "model"] = token.Model,
        };
    }

    private static JsonNode Digits(string text, bool asText) => asText ? text : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Number(HttpContext context, string name, int absent)
    {
        var text = context.Request.Query[name].FirstOrDefault();
        if (string.IsNullOrEmpty(text))
            return absent;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw RefusalException.General($"Invalid {name}");
    }

    // The one character that the web server leaves encoded in a path.
    private static string Segment(string text) => text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
