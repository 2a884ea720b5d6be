using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Api;

/// <summary>MultiSafepay's REST API.</summary>
public static class SimulatorApiEndpoints
{
    public const string Root = "/v1/json";
    private const string SiteItem = "Simulator.Site";

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Root).AddEndpointFilter(RequireKeyAsync);
        api.MapPost("/orders", CreateOrderAsync);
        api.MapGet("/orders/{id}", GetOrder);
        api.MapPatch("/orders/{id}", UpdateOrderAsync);
        api.MapPost("/orders/{id}/refunds", RefundAsync);
        api.MapPatch("/orders/{id}/refunds/{refundId}", CancelRefundAsync);
        api.MapPost("/orders/{id}/capture", CaptureAsync);
        api.MapPatch("/capture/{id}", ReleaseAsync);
        api.MapGet("/payment-methods", GetPaymentMethods);
        api.MapGet("/payment-methods/{id}", (string id, HttpRequest request, GatewaySwitches switches, RecurringSwitches recurring) =>
            Json.Success(PaymentMethodJson.Write(FindGateway(id, switches), switches, recurring, BaseUrl(request))));
        api.MapGet("/gateways", (string? country, string? include, GatewaySwitches switches) => Json.Success(PaymentMethodJson.Gateways(country, include == "coupons", switches)));
        api.MapGet("/gateways/{id}", (string id, GatewaySwitches switches) => Json.Success(PaymentMethodJson.WriteGateway(FindGateway(id, switches))));
        api.MapGet("/me", GetMe);
        api.MapGet("/auth/api_token", () => Json.Success(new JsonObject
        {
            ["api_token"] = "pub.v2." + RandomNumberGenerator.GetHexString(48, lowercase: true),
        }));
        api.MapGet("/transactions", TransactionList.Get);
        api.MapTokens();
        api.MapFallback(IResult () => throw RefusalException.UnknownPath());
    }

    public static SimulatorSite Site(this HttpContext context) => (SimulatorSite)context.Items[SiteItem]!;

    public static string BaseUrl(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    // The API documents the key as a header; MultiSafepay's guide and Python SDK also send it as a bearer token, and the explorer of the API in the query.
    public static string? KeyOf(HttpRequest request)
    {
        if (request.Headers.TryGetValue("api_key", out var header))
            return header.ToString();
        return AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var authorization) && "Bearer".Equals(authorization.Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization.Parameter
            : request.Query["api_key"].FirstOrDefault();
    }

    private static ValueTask<object?> RequireKeyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Items[SiteItem] = http.RequestServices.GetRequiredService<Ledger>().SiteOf(KeyOf(http.Request))
            ?? throw new RefusalException(ErrorCode.ApiKey, "Invalid API key", StatusCodes.Status401Unauthorized);
        return next(context);
    }

    private static async Task<IResult> CreateOrderAsync(HttpContext context, Ledger ledger, PaymentTransitions payments, TokenPayments tokens, OrderIntake orders)
    {
        var body = await Json.ReadAsync(context.Request);
        lock (ledger.Gate)
        {
            var (order, session) = orders.Add(context.Site(), body);
            var link = $"{BaseUrl(context.Request)}/pay/{session.Id}/";
            if (session.Type != "direct")
            {
                var locale = Fields.Text(Fields.Section(body, "customer"), "locale") ?? "en_US";
                return Json.Success(new JsonObject
                {
                    ["order_id"] = order.OrderId,
                    ["payment_url"] = $"{link}?lang={locale}",
                    ["session_id"] = session.Id,
                });
            }

            // A direct order is started by the shop; the customer goes straight to the bank's page, or has nothing left to do.
            var transaction = session.Token is null ? payments.Start(order, session, session.GatewayId!) : tokens.Pay(order, session);
            var json = OrderJson.Write(order, transaction);
            if (transaction.Status != Status.Initialized)
                return Json.Success(json);

            json["payment_url"] = link + transaction.Id.ToString(CultureInfo.InvariantCulture);
            if (session.GatewayId == "BANKTRANS")
            {
                // No page to open: the answer says where to, and the customer is sent back to the shop.
                json["payment_url"] = $"{session.RedirectUrl}?transactionid={Uri.EscapeDataString(order.OrderId)}";
                json["gateway_info"] = PaymentJson.Transfer(transaction);
            }

            return Json.Success(json);
        }
    }

    private static IResult GetOrder(string id, HttpContext context, Ledger ledger, OrderAccess orders)
    {
        lock (ledger.Gate)
        {
            if (ledger.FindRefund(context.Site(), id) is var (transaction, refund))
                return Json.Success(OrderJson.WriteRelated(transaction, refund));
        }

        return orders.With(context.Site(), id, order => order.Transactions.Count == 0 && order.Shape.Has(ResponseShape.UnopenedIsUnknown)
            ? throw new RefusalException(ErrorCode.OrderId, "Invalid transaction ID")
            : Json.Success(OrderJson.Write(
                order,
                order.Transactions.Find(transaction => transaction.Id.ToString(CultureInfo.InvariantCulture) == id) ?? order.Current)));
    }

    private static async Task<IResult> UpdateOrderAsync(string id, HttpContext context, OrderAccess orders, OrderUpdates updates)
    {
        var body = await Json.ReadAsync(context.Request);
        return orders.With(context.Site(), id, order => Json.Success(updates.Apply(order, body)));
    }

    private static async Task<IResult> RefundAsync(string id, HttpContext context, OrderAccess orders, RefundProcessor refunds)
    {
        var body = await Json.ReadAsync(context.Request);
        return orders.With(context.Site(), id, order =>
        {
            var refund = refunds.Refund(order, body);
            return Json.Success(new JsonObject { ["order_id"] = refund.OrderId, ["refund_id"] = refund.Id, ["transaction_id"] = refund.Id });
        });
    }

    private static async Task<IResult> CancelRefundAsync(string id, string refundId, HttpContext context, OrderAccess orders, RefundProcessor refunds)
    {
        var body = await Json.ReadAsync(context.Request);
        if (Fields.Text(body, "status") != Status.Void)
            throw RefusalException.General("Invalid status: void is expected");
        FieldRules.Check(body, FieldRules.Withdrawal);
        return orders.With(context.Site(), id, order =>
        {
            refunds.Reject(order, RefundProcessor.Reserved(order, refundId), Status.Void);
            return Json.Success(new JsonObject());
        });
    }

    private static async Task<IResult> CaptureAsync(string id, HttpContext context, OrderAccess orders, CaptureProcessor captures)
    {
        var body = await Json.ReadAsync(context.Request);
        return orders.With(context.Site(), id, order =>
        {
            var (capture, transaction) = captures.Capture(order, body);
            return Json.Success(new JsonObject { ["transaction_id"] = transaction.Id, ["order_id"] = capture.OrderId });
        });
    }

    private static async Task<IResult> ReleaseAsync(string id, HttpContext context, OrderAccess orders, CaptureProcessor captures)
    {
        var body = await Json.ReadAsync(context.Request);
        if (Fields.Text(body, "status") != Status.Cancelled)
            throw RefusalException.General("Invalid status: cancelled is expected");
        var reason = Fields.Text(body, "reason") ?? throw RefusalException.General("Invalid reason: it is required");
        return orders.With(context.Site(), id, order => Json.Success(new JsonObject
        {
            ["transaction_id"] = captures.Release(order, reason).Id,
            ["order_id"] = order.OrderId,
            ["success"] = true,
        }));
    }

    private static IResult GetPaymentMethods(HttpContext context, GatewaySwitches switches, RecurringSwitches recurring)
    {
        var query = context.Request.Query;
        var amount = query["amount"].FirstOrDefault();
        if (!string.IsNullOrEmpty(amount) && (!long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var minor) || minor < 0))
            throw new RefusalException(ErrorCode.Amount, "Invalid amount");
        return Json.Success(PaymentMethodJson.List(
            new(
                NullIfEmpty(query["country"]),
                NullIfEmpty(query["currency"]),
                string.IsNullOrEmpty(amount) ? null : long.Parse(amount, CultureInfo.InvariantCulture),
                IsSet(query["group_cards"]),
                IsSet(query["include_coupons"]),
                NullIfEmpty(query["type"]),
                NullIfEmpty(query["locale"])),
            switches,
            recurring,
            BaseUrl(context.Request)));
    }

    private static IResult GetMe(HttpContext context) => Json.Success(new JsonObject
    {
        ["account_id"] = context.Site().AccountId,
        ["role"] = "site",
        ["site_id"] = context.Site().SiteId,
    });

    private static Gateway FindGateway(string id, GatewaySwitches switches) =>
        GatewayCatalogue.Find(id) is { } gateway && switches.IsOn(gateway) ? gateway : throw new RefusalException(ErrorCode.Gateway, "Gateway unavailable", StatusCodes.Status404NotFound);

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static bool IsSet(string? value) => value is "1" or "true";
}
