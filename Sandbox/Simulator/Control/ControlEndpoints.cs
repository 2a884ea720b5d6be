using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Faults;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Control;

/// <summary>What tests and scripts use to look into the simulator and to move things: no part of MultiSafepay's API.</summary>
public static class ControlEndpoints
{
    private const int MaxCopies = 20;

    public static void MapControl(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/simulator").AddEndpointFilter(AnswerRefusalsAsync);

        control.MapGet("/requests", (RequestLog log) => Array(log.All.Select(ControlJson.Request)));
        control.MapDelete("/requests", (RequestLog log) => Done(log.Clear));

        control.MapGet("/orders", (OrderAccess orders) => Array(orders.All(ControlJson.Summary)));
        control.MapGet("/orders/{id}", (string id, int? site, OrderAccess orders) => orders.With(id, site, order => Results.Json(ControlJson.Whole(order))));
        control.MapPost("/orders/{id}/transitions", MoveAsync);
        control.MapPost("/orders/{id}/notifications", NotifyAsync);

        control.MapGet("/faults", (FaultRegistry faults) => Array(faults.All.Select(entry => ControlJson.Fault(entry.Fault, entry.Left))));
        control.MapPost("/faults", AddFaultAsync);
        control.MapDelete("/faults", (FaultRegistry faults) => Done(faults.Clear));

        control.MapGet("/gateways/off", (GatewaySwitches switches) => Results.Json(switches.Off));
        control.MapPost("/gateways/{id}/off", (string id, GatewaySwitches switches) => Turn(id, switches, on: false));
        control.MapPost("/gateways/{id}/on", (string id, GatewaySwitches switches) => Turn(id, switches, on: true));
        control.MapPost("/gateways/{id}/capture/off", (string id, GatewaySwitches switches) => TurnCapture(id, switches, on: false));
        control.MapPost("/gateways/{id}/capture/on", (string id, GatewaySwitches switches) => TurnCapture(id, switches, on: true));
        control.MapPost("/gateways/older-shape", (GatewaySwitches switches) =>
        {
            switches.ListsOlderShape = true;
            return Results.NoContent();
        });

        control.MapPost("/locales/{locale}/off", (string locale, LocaleSwitches locales) => Done(() => locales.Turn(locale, on: false)));
        control.MapPost("/locales/{locale}/on", (string locale, LocaleSwitches locales) => Done(() => locales.Turn(locale, on: true)));

        control.MapPost("/reset", Reset);
    }

    private static async Task<IResult> MoveAsync(string id, int? site, HttpRequest request, OrderAccess orders, OrderTransitions transitions)
    {
        var body = await Json.ReadAsync(request);
        var to = Fields.Text(body, "to") ?? throw RefusalException.General("to is required: one of " + string.Join(", ", OrderTransitions.Names));
        return orders.With(id, site, order =>
        {
            transitions.Apply(order, to, body);
            return Results.Json(ControlJson.Whole(order));
        });
    }

    private static async Task<IResult> NotifyAsync(string id, int? site, HttpRequest request, OrderAccess orders, NotificationFactory notifications)
    {
        // A chunked body has no length, and is one all the same.
        var hasBody = request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } && request.ContentLength != 0;
        var body = hasBody ? await Json.ReadAsync(request) : default;
        var twist = new NotificationTwist
        {
            Copies = (int)Number(body, "copies", 1, 1, MaxCopies),
            Delay = TimeSpan.FromMilliseconds(Number(body, "delay_ms", 0, 0, 3_600_000)),
            Age = TimeSpan.FromSeconds(Number(body, "age_seconds", 0, 0, 31_536_000)),
            WrongKey = Fields.IsTrue(body, "wrong_key"),
            AlteredBody = Fields.IsTrue(body, "altered_body"),
            NoSignature = Fields.IsTrue(body, "unsigned"),
        };
        return orders.With(id, site, order =>
        {
            var transaction = Fields.TryWhole(body, "transaction", out var number)
                ? order.Transactions.Find(transaction => transaction.Id == number) ?? throw RefusalException.UnknownOrder()
                : order.Current;
            notifications.Tell(order, transaction, twist);
            return Results.Json(ControlJson.Whole(order));
        });
    }

    private static async Task<IResult> AddFaultAsync(HttpRequest request, FaultRegistry faults)
    {
        var body = await Json.ReadAsync(request);
        var kinds = Enum.GetValues<FaultKind>();
        var name = Fields.Text(body, "kind");
        var kind = kinds.FirstOrDefault(kind => ControlJson.Name(kind) == name, (FaultKind)(-1));
        if (!Enum.IsDefined(kind))
            throw RefusalException.General("kind is one of " + string.Join(", ", kinds.Select(ControlJson.Name)));

        faults.Add(new Fault(kind)
        {
            Method = Fields.Text(body, "method"),
            Path = Fields.Text(body, "path")?.Replace(SimulatorApiEndpoints.Root, "", StringComparison.Ordinal),
            OrderId = Fields.Text(body, "order_id"),
            Times = (int)Number(body, "times", 1, Fault.Always, int.MaxValue),
            Milliseconds = (int)Number(body, "milliseconds", 1000, 0, 3_600_000),
            StatusCode = (int)Number(body, "status", 503, 200, 599),
            ErrorCode = Fields.TryWhole(body, "error_code", out var code) ? (int)code : null,
            ErrorInfo = Fields.Text(body, "error_info"),
            Copies = (int)Number(body, "copies", 2, 1, MaxCopies),
        });
        return Array(faults.All.Select(entry => ControlJson.Fault(entry.Fault, entry.Left)));
    }

    private static IResult Turn(string id, GatewaySwitches switches, bool on)
    {
        switches.Turn(Find(id), on);
        return Results.NoContent();
    }

    private static IResult TurnCapture(string id, GatewaySwitches switches, bool on)
    {
        switches.TurnCapture(Find(id), on);
        return Results.NoContent();
    }

    private static Gateway Find(string id) => GatewayCatalogue.Find(id) ?? throw RefusalException.General($"There is no gateway {id}");

    private static IResult Reset(Ledger ledger, RequestLog log, FaultRegistry faults, GatewaySwitches switches, LocaleSwitches locales, RecurringSwitches recurring, TokenVault tokens)
    {
        lock (ledger.Gate)
        {
            ledger.Clear();
            tokens.Clear();
        }

        recurring.Clear();
        faults.Clear();
        switches.Clear();
        locales.Clear();
        log.Clear();
        return Results.NoContent();
    }

    private static long Number(JsonElement body, string field, long absent, long min, long max)
    {
        if (!Fields.Has(body, field))
            return absent;
        return Fields.TryWhole(body, field, out var value) && value >= min && value <= max
            ? value
            : throw RefusalException.General(FormattableString.Invariant($"{field} is a whole number from {min} to {max}"));
    }

    private static IResult Array(IEnumerable<JsonObject> items) => Results.Json(new JsonArray([.. items]));

    private static IResult Done(Action work)
    {
        work();
        return Results.NoContent();
    }

    /// <summary>What cannot be done is a conflict, with the reason.</summary>
    public static async ValueTask<object?> AnswerRefusalsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RefusalException refusal)
        {
            var status = refusal.HttpStatus == StatusCodes.Status410Gone ? StatusCodes.Status409Conflict : refusal.HttpStatus;
            return Results.Json(new JsonObject { ["error_code"] = refusal.Code, ["error"] = refusal.Message }, statusCode: status);
        }
    }
}
