using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Pages;

/// <summary>MultiSafepay's payment page, where a button decides how the payment ends.</summary>
public static class PaymentPageEndpoints
{
    public static void MapPaymentPage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/pay/{session}", Open);
        app.MapPost("/pay/{session}/start", StartAsync);
        app.MapPost("/pay/{session}/leave", Leave);
        app.MapGet("/pay/{session}/{transaction:long}", Show);
        app.MapPost("/pay/{session}/{transaction:long}", DecideAsync);
    }

    // Each opening of the link counts. With a method given the transaction begins at once, otherwise when the customer chooses one.
    private static IResult Open(string session, string? methods, OrderAccess orders, PaymentTransitions payments, GatewaySwitches switches) => orders.WithSession(session, (order, link) =>
    {
        if (Obstacle(order, link) is { } obstacle)
            return Page(obstacle, StatusCodes.Status410Gone);
        if (link.Openings >= PaymentSession.MaxOpenings)
            return Page(Message(order, link, "This link was opened too often.", link.CancelUrl), StatusCodes.Status410Gone);

        link.Openings++;
        if (link.GatewayId is { } gateway && methods != "all")
            return Start(order, link, gateway, payments);

        var showAll = methods == "all";
        return Page(PaymentView.From(order, link) with { Gateways = Offered(link, showAll, switches), ShowsAll = showAll });
    }) ?? NotFound();

    private static async Task<IResult> StartAsync(string session, HttpRequest request, OrderAccess orders, PaymentTransitions payments, GatewaySwitches switches)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        return orders.WithSession(session, (order, link) =>
        {
            if (Obstacle(order, link) is { } obstacle)
                return Page(obstacle, StatusCodes.Status410Gone);
            if (GatewayCatalogue.Find(form["gateway"]) is not { } gateway || !Offered(link, showAll: true, switches).Contains(gateway))
                return Page(Message(order, link, "This method is not available.", link.CancelUrl), StatusCodes.Status400BadRequest);
            return Start(order, link, gateway.Id, payments);
        }) ?? NotFound();
    }

    private static IResult Leave(string session, OrderAccess orders, PaymentTransitions payments) => orders.WithSession(session, (order, link) =>
    {
        if (link.ClosedAs is null && !order.Transactions.Exists(transaction => transaction.Session == link))
            payments.Close(order, link, Status.Cancelled);
        return Return(order, link, link.CancelUrl, "You left the payment page.");
    }) ?? NotFound();

    private static IResult Show(string session, long transaction, OrderAccess orders, TokenIssuer tokens) => orders.WithSession(session, (order, link) =>
    {
        if (order.Transactions.Find(known => known.Id == transaction && known.Session == link) is not { } current)
            return NotFound();
        if (current.Status != Status.Initialized)
        {
            var url = current.Completed is null && current.Status != Status.Uncleared ? link.CancelUrl : link.RedirectUrl;
            return Page(Message(order, link, $"This payment is {current.Status}.", url), StatusCodes.Status410Gone);
        }

        return Page(PaymentView.From(order, link) with
        {
            TransactionId = current.Id,
            GatewayName = GatewayCatalogue.Get(current.GatewayId).NameIn(link.Locale),
            Scenarios = PaymentView.ScenariosOf(current),
            AsksToStore = tokens.Asks(link, current.GatewayId),
        });
    }) ?? NotFound();

    private static async Task<IResult> DecideAsync(string session, long transaction, HttpRequest request, OrderAccess orders, PaymentTransitions payments, TokenPayments tokens)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        return orders.WithSession(session, (order, link) =>
        {
            if (order.Transactions.Find(known => known.Id == transaction && known.Session == link) is not { } current)
                return NotFound();
            try
            {
                // A box that is cleared is not sent; that there was one is.
                current.StoresDetails = !form.ContainsKey("save") || form["save"].Contains("yes");
                return Decide(order, link, current, form["scenario"].ToString(), payments, tokens);
            }
            catch (RefusalException refusal)
            {
                return Page(Message(order, link, refusal.Message, link.CancelUrl), StatusCodes.Status409Conflict);
            }
        }) ?? NotFound();
    }

    private static IResult Decide(SimulatedOrder order, PaymentSession link, SimulatedTransaction transaction, string scenario, PaymentTransitions payments, TokenPayments tokens)
    {
        switch (scenario)
        {
            case "completed":
                payments.Complete(order, transaction);
                return Return(order, link, link.RedirectUrl, "The payment succeeded.");
            case "confirmed" when link.Token is not null:
                tokens.Succeed(order, transaction);
                return Return(order, link, link.RedirectUrl, "The payment succeeded.");
            case "unconfirmed" when link.Token is not null:
                payments.Decline(order, transaction, "3001");
                return Return(order, link, link.CancelUrl, "The payment was declined.");
            case "giftcard":
                payments.Complete(order, transaction, withGiftCard: true);
                return Return(order, link, link.RedirectUrl, "The payment succeeded.");
            case "authorised":
                payments.Authorize(order, transaction);
                return Return(order, link, link.RedirectUrl, "The payment is authorised.");
            case "collected":
                payments.Complete(order, transaction, financialStatus: Status.Initialized);
                return Return(order, link, link.RedirectUrl, "The payment succeeded.");
            case "waiting":
                payments.Wait(order, transaction);
                return Return(order, link, link.RedirectUrl, "The payment waits.");
            case "uncleared":
                payments.Review(order, transaction);
                return Return(order, link, link.RedirectUrl, "The payment is under review.");
            case "pending":
                return Return(order, link, link.RedirectUrl, "The payment is on its way.");
            case "declined":
                payments.Decline(order, transaction);
                return Return(order, link, link.CancelUrl, "The payment was declined.");
            case "cancelled":
                payments.Cancel(order, transaction);
                return Return(order, link, link.CancelUrl, "The payment was cancelled.");
            case "expired":
                payments.Expire(order, transaction);
                return Return(order, link, link.CancelUrl, "The payment expired.");
            case "leave":
                return Return(order, link, link.CancelUrl, "You left the payment page.");
            default:
                throw RefusalException.General("Unknown scenario");
        }
    }

    private static IResult Start(SimulatedOrder order, PaymentSession link, string gatewayId, PaymentTransitions payments)
    {
        try
        {
            return SeeOther($"/pay/{link.Id}/{payments.Start(order, link, gatewayId).Id.ToString(CultureInfo.InvariantCulture)}");
        }
        catch (RefusalException refusal)
        {
            return Page(Message(order, link, refusal.Message, link.CancelUrl), StatusCodes.Status409Conflict);
        }
    }

    private static PaymentView? Obstacle(SimulatedOrder order, PaymentSession link) =>
        order.IsUsed ? Message(order, link, "This order is paid.", link.RedirectUrl)
        : link.ClosedAs is { } closed ? Message(order, link, $"This payment link is {closed}.", link.CancelUrl)
        : null;

    private static List<Gateway> Offered(PaymentSession link, bool showAll, GatewaySwitches switches)
    {
        var customer = System.Text.Json.JsonSerializer.SerializeToElement(link.Request["customer"]);
        var country = Fields.Text(customer, "country");
        var hasCart = link.Request["shopping_cart"] is not null;
        return
        [
            .. GatewayCatalogue.All.Where(gateway =>
                !gateway.IsGroup
                && switches.IsOn(gateway)
                && gateway.Suits(showAll ? null : country, link.Currency, link.Amount)
                && (hasCart || !gateway.CartRequired)
                && (!link.ManualCapture || gateway.AuthorizationLifetime is not null))

                // What is at home in the customer's country comes first.
                .OrderByDescending(gateway => country is not null && gateway.Countries is [var home] && home == country),
        ];
    }

    private static PaymentView Message(SimulatedOrder order, PaymentSession link, string text, string? url) =>
        PaymentView.From(order, link) with { Message = text, ReturnUrl = url is null ? null : WithOrder(url, order) };

    private static IResult Return(SimulatedOrder order, PaymentSession link, string? url, string text) =>
        url is null ? Page(Message(order, link, text, url: null)) : SeeOther(WithOrder(url, order));

    private static string WithOrder(string url, SimulatedOrder order) => $"{url}?transactionid={Uri.EscapeDataString(order.OrderId)}";

    private static RazorComponentResult<PaymentPage> Page(PaymentView view, int status = StatusCodes.Status200OK) =>
        new(new { Model = view }) { StatusCode = status };

    private static RazorComponentResult<PaymentPage> NotFound() =>
        Page(new("", "–", "", "") { Message = "There is no such payment link." }, StatusCodes.Status404NotFound);

    // 303: the browser follows with a GET.
    private static IResult SeeOther(string url) => new SeeOtherResult(url);

    private sealed class SeeOtherResult(string url) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = url;
            return Task.CompletedTask;
        }
    }
}
