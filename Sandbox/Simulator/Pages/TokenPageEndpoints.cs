using Microsoft.AspNetCore.Http.HttpResults;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Control;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Pages;

/// <summary>The dashboard's page of stored payment details.</summary>
public static class TokenPageEndpoints
{
    private const string Address = "/tokens";

    public static void MapTokenPage(this IEndpointRouteBuilder app)
    {
        app.MapGet(Address, (Ledger ledger, TokenVault vault) => Show(ledger, vault));
        app.MapPost(Address + "/change", ChangeAsync);
        app.MapPost(Address + "/plan", PlanAsync);
    }

    private static IResult Show(Ledger ledger, TokenVault vault, string? error = null)
    {
        lock (ledger.Gate)
        {
            return new RazorComponentResult<TokensPage>(new
            {
                Tokens = (IReadOnlyList<TokenRow>)[.. vault.All.Select(token => TokenRow.From(token, ledger.Now))],
                Planned = (IReadOnlyList<PlannedPayment>)[.. vault.Planned],
                Error = error,
            })
            {
                StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
            };
        }
    }

    private static async Task<IResult> ChangeAsync(HttpRequest request, Ledger ledger, TokenVault vault)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        lock (ledger.Gate)
        {
            if (vault.Find(form["token"].ToString()) is not { } token)
                return Show(ledger, vault, "There is no such token any more.");
            if (form["to"] == "removed")
                vault.Remove(token);
            else
                token.Expire(ledger.Now);
        }

        return Results.LocalRedirect(Address);
    }

    private static async Task<IResult> PlanAsync(HttpRequest request, Ledger ledger, TokenVault vault)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        try
        {
            var planned = form["outcome"].ToString().Split(' ') is [Status.Declined, var code]
                ? TokenControlEndpoints.Plan(Status.Declined, code, reason: null)
                : TokenControlEndpoints.Plan(form["outcome"], reasonCode: null, reason: null);
            lock (ledger.Gate)
                vault.Plan(planned);
            return Results.LocalRedirect(Address);
        }
        catch (RefusalException refusal)
        {
            return Show(ledger, vault, refusal.Message);
        }
    }
}

/// <summary>What the page shows of stored details: a copy, so that it needs no lock.</summary>
public sealed record TokenRow(string Id, string Reference, string Gateway, string Model, string Display, string? ExpiryDate, bool HasExpired, string Account)
{
    public static TokenRow From(StoredToken token, DateTimeOffset now) => new(
        token.Id,
        token.Reference,
        token.GatewayId,
        token.Model,
        token.Display,
        token.ExpiryDate,
        token.HasExpired(now),
        FormattableString.Invariant($"{token.AccountId} ({ControlJson.Name(token.Environment)})"));
}
