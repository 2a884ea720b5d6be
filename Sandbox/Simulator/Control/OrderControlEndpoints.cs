using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Control;

/// <summary>The part of the control API that makes orders of other shops, and switches between the shapes in which MultiSafepay tells of an order.</summary>
public static class OrderControlEndpoints
{
    public static void MapOrderControl(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/simulator").AddEndpointFilter(ControlEndpoints.AnswerRefusalsAsync);
        control.MapPost("/orders", MakeAsync);
        control.MapGet("/shape", (Ledger ledger) => Shape(ledger, ledger.Shape));
        control.MapPost("/shape", async (HttpRequest request, Ledger ledger) => Set(ledger, ledger.Shape, await Json.ReadAsync(request)));
        control.MapGet("/orders/{id}/shape", (string id, int? site, Ledger ledger, OrderAccess orders) => Shape(ledger, orders.With(id, site, order => order.Shape)));
        control.MapPost("/orders/{id}/shape", async (string id, int? site, HttpRequest request, Ledger ledger, OrderAccess orders) =>
            Set(ledger, orders.With(id, site, order => order.Shape), await Json.ReadAsync(request)));
    }

    // As POST orders of another shop that has the same site: what it does not say is as in the order that stands under the id, but for what tells the shops apart.
    private static async Task<IResult> MakeAsync(int? site, HttpRequest request, SimulatorOptions options, Ledger ledger, OrderIntake orders)
    {
        var asked = JsonObject.Create(await Json.ReadAsync(request)) ?? throw RefusalException.General("The body is not a JSON object");
        var maker = options.Sites.FirstOrDefault(known => site is null || known.SiteId == site) ?? throw RefusalException.General($"There is no site {site}");
        lock (ledger.Gate)
        {
            var like = asked["order_id"] is JsonValue id && ledger.TryFind(maker, id.ToString(), out var known) ? known.Session : null;
            var body = new JsonObject
            {
                ["type"] = "redirect",
                ["amount"] = like?.Amount ?? 1000,
                ["currency"] = like?.Currency ?? "EUR",
                ["description"] = "Order of another shop",
                ["customer"] = new JsonObject { ["ip_address"] = "203.0.113.8", ["country"] = "NL" },
            };
            foreach (var (field, value) in asked)
                body[field] = value?.DeepClone();
            var (order, _) = orders.Add(maker, JsonSerializer.SerializeToElement(body));
            return Results.Json(ControlJson.Whole(order));
        }
    }

    private static IResult Set(Ledger ledger, ResponseShape shape, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || body.EnumerateObject().FirstOrDefault(field => !ResponseShape.Names.Contains(field.Name)) is { Value.ValueKind: not JsonValueKind.Undefined })
            throw RefusalException.General("Switches are " + string.Join(", ", ResponseShape.Names));
        lock (ledger.Gate)
        {
            foreach (var field in body.EnumerateObject())
                shape.Set(field.Name, Fields.IsTrue(body, field.Name));
        }

        return Shape(ledger, shape);
    }

    private static IResult Shape(Ledger ledger, ResponseShape shape)
    {
        lock (ledger.Gate)
            return Results.Json(new JsonObject(ResponseShape.Names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, shape.Has(name)))));
    }
}
