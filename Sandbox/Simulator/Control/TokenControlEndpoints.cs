using System.Text.Json.Nodes;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Control;

/// <summary>The part of the control API about stored payment details: what happens to them without the shop, and how payments with them end.</summary>
public static class TokenControlEndpoints
{
    private const int MaxPlanned = 1000;

    public static void MapTokenControl(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/simulator").AddEndpointFilter(ControlEndpoints.AnswerRefusalsAsync);
        control.MapGet("/recurring", (RecurringSwitches switches) => Models(switches));
        control.MapPost("/recurring/{model}/on", (string model, RecurringSwitches switches) => Turn(model, switches, on: true));
        control.MapPost("/recurring/{model}/off", (string model, RecurringSwitches switches) => Turn(model, switches, on: false));

        control.MapGet("/tokens", List);
        control.MapPost("/tokens", AddAsync);
        control.MapPost("/tokens/{token}/expire", (string token, Ledger ledger, TokenVault vault) => Change(token, ledger, vault, stored => stored.Expire(ledger.Now)));
        control.MapDelete("/tokens/{token}", (string token, Ledger ledger, TokenVault vault) => Change(token, ledger, vault, vault.Remove));
        control.MapGet("/token-payments", (Ledger ledger, TokenVault vault) => Planned(ledger, vault));
        control.MapPost("/token-payments", PlanAsync);
        control.MapDelete("/token-payments", (Ledger ledger, TokenVault vault) =>
        {
            lock (ledger.Gate)
                vault.ForgetPlans();
            return Results.NoContent();
        });
    }

    /// <summary>What is planned, from what was asked for.</summary>
    /// <exception cref="RefusalException">There is no such outcome, or no such reason.</exception>
    public static PlannedPayment Plan(string? outcome, string? reasonCode, string? reason)
    {
        if (!PlannedPayment.Outcomes.Contains(outcome))
            throw RefusalException.General("outcome is one of " + string.Join(", ", PlannedPayment.Outcomes));
        if (reasonCode is not null && !CardErrors.Texts.ContainsKey(reasonCode))
            throw RefusalException.General("reason_code is one of " + string.Join(", ", CardErrors.Texts.Keys.Order(StringComparer.Ordinal)));
        return outcome == Status.Declined ? new(outcome, reasonCode ?? CardErrors.Other, reason) : new(outcome!);
    }

    private static IResult List(string? reference, Ledger ledger, TokenVault vault)
    {
        lock (ledger.Gate)
            return Results.Json(new JsonArray([.. vault.All.Where(token => reference is null || token.Reference == reference).Select(token => Write(token, ledger))]));
    }

    // As if the customer had paid once, in this shop or in another one of the account.
    private static async Task<IResult> AddAsync(int? site, HttpRequest request, SimulatorOptions options, Ledger ledger, TokenVault vault, TokenIssuer issuer)
    {
        var body = await Json.ReadAsync(request);
        var of = options.Sites.FirstOrDefault(known => site is null || known.SiteId == site) ?? throw RefusalException.General($"There is no site {site}");
        var reference = Fields.Text(body, "reference") ?? throw RefusalException.General("reference is required");
        var gateway = GatewayCatalogue.Find(Fields.Text(body, "code") ?? "VISA") is { Tokenizes: true } found ? found : throw RefusalException.General("code is a method whose details can be stored");
        var model = Fields.Text(body, "model") ?? RecurringSwitches.CardOnFile;
        if (!RecurringSwitches.Models.Contains(model))
            throw UnknownModel();
        lock (ledger.Gate)
        {
            var token = issuer.Create(of, reference, gateway.Id, model, Fields.Text(body, "last4"), Fields.Text(body, "expiry_date"), Fields.Text(body, "display"));
            vault.Add(token);
            return Results.Json(Write(token, ledger));
        }
    }

    private static async Task<IResult> PlanAsync(HttpRequest request, Ledger ledger, TokenVault vault)
    {
        var body = await Json.ReadAsync(request);
        var planned = Plan(Fields.Text(body, "outcome"), Fields.Text(body, "reason_code"), Fields.Text(body, "reason"));
        var times = 1L;
        if (Fields.Has(body, "times") && (!Fields.TryWhole(body, "times", out times) || times is < 1 or > MaxPlanned))
            throw RefusalException.General($"times is a whole number from 1 to {MaxPlanned}");
        lock (ledger.Gate)
        {
            for (var i = 0; i < times; i++)
                vault.Plan(planned);
        }

        return Planned(ledger, vault);
    }

    private static IResult Planned(Ledger ledger, TokenVault vault)
    {
        lock (ledger.Gate)
        {
            return Results.Json(new JsonArray([.. vault.Planned.Select(planned => new JsonObject
            {
                ["outcome"] = planned.Outcome, ["reason_code"] = planned.ReasonCode, ["reason"] = planned.Reason,
            })]));
        }
    }

    private static IResult Change(string id, Ledger ledger, TokenVault vault, Action<StoredToken> change)
    {
        lock (ledger.Gate)
        {
            var token = vault.Find(id) ?? throw new RefusalException(ErrorCode.General, "There is no such token", StatusCodes.Status404NotFound);
            change(token);
            return Results.Json(Write(token, ledger));
        }
    }

    private static IResult Turn(string model, RecurringSwitches switches, bool on)
    {
        if (!RecurringSwitches.Models.Contains(model))
            throw UnknownModel();
        switches.Turn(model, on);
        return Models(switches);
    }

    private static IResult Models(RecurringSwitches switches) =>
        Results.Json(new JsonObject(RecurringSwitches.Models.Select(model => KeyValuePair.Create<string, JsonNode?>(model, switches.IsOn(model)))));

    private static JsonObject Write(StoredToken token, Ledger ledger) => new()
    {
        ["token"] = token.Id,
        ["account_id"] = token.AccountId,
        ["environment"] = ControlJson.Name(token.Environment),
        ["reference"] = token.Reference,
        ["code"] = token.GatewayId,
        ["model"] = token.Model,
        ["display"] = token.Display,
        ["last4"] = token.Last4,
        ["expiry_date"] = token.ExpiryDate,
        ["expired"] = token.HasExpired(ledger.Now),
        ["created"] = ControlJson.Time(token.Created),
    };

    private static RefusalException UnknownModel() => RefusalException.General("model is one of " + string.Join(", ", RecurringSwitches.Models));
}
