using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Faults;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Pages;

/// <summary>The dashboard: all orders, one order, and the buttons that move it on.</summary>
public static class PageEndpoints
{
    private static readonly byte[] _stylesheet = ReadResource("simulator.css");

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/simulator.css", () => Results.Bytes(_stylesheet, "text/css; charset=utf-8"));
        app.MapGet("/img/methods/{file}", Icon);
        app.MapGet("/", Overview);
        app.MapGet("/order", (string id, int? site, OrderAccess orders) => ShowOrder(id, site, orders));
        app.MapPost("/order/move", MoveAsync);
        app.MapPost("/order/notify", NotifyAsync);
    }

    private static IResult Overview(HttpRequest request, OrderAccess orders, FaultRegistry faults, SimulatorOptions options) => new RazorComponentResult<OverviewPage>(new
    {
        Orders = orders.All(OrderRow.From),
        options.Sites,
        BaseUrl = SimulatorApiEndpoints.BaseUrl(request),
        FaultCount = faults.All.Count,
        options.ShopUrl,
    });

    private static IResult ShowOrder(string id, int? site, OrderAccess orders, string? error = null)
    {
        try
        {
            var view = orders.With(id, site, OrderView.From);
            return new RazorComponentResult<OrderPage>(new { Order = view, Error = error })
            {
                StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
            };
        }
        catch (RefusalException)
        {
            return Results.NotFound("There is no such order.");
        }
    }

    private static async Task<IResult> MoveAsync(HttpRequest request, OrderAccess orders, OrderTransitions transitions)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var (id, site) = Target(form);
        return Act(id, site, orders, order =>
        {
            var details = new JsonObject();
            if (form["amount"].ToString() is { Length: > 0 } amount && form["to"] is var to && to.ToString() is "refunded" or "captured")
                details["amount"] = MinorUnits(amount, order.Session.Currency);
            if (form["pair"].ToString().Split('/') is [var status, var financialStatus])
                (details["status"], details["financial_status"]) = (status, financialStatus);
            transitions.Apply(order, form["to"].ToString(), JsonSerializer.SerializeToElement(details));
        });
    }

    private static async Task<IResult> NotifyAsync(HttpRequest request, OrderAccess orders, NotificationFactory notifications)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var (id, site) = Target(form);
        var twist = form["as"].ToString() switch
        {
            "twice" => new NotificationTwist { Copies = 2 },
            "forged" => new NotificationTwist { WrongKey = true },
            "altered" => new NotificationTwist { AlteredBody = true },
            "unsigned" => new NotificationTwist { NoSignature = true },
            "stale" => new NotificationTwist { Age = TimeSpan.FromHours(1) },
            _ => NotificationTwist.None,
        };
        return Act(id, site, orders, order => notifications.Tell(order, order.Current, twist));
    }

    private static IResult Act(string id, int? site, OrderAccess orders, Action<SimulatedOrder> work)
    {
        try
        {
            var link = orders.With(id, site, order =>
            {
                work(order);
                return OrderRow.From(order).Link;
            });
            return Results.LocalRedirect(link);
        }
        catch (RefusalException refusal)
        {
            return ShowOrder(id, site, orders, refusal.Message);
        }
    }

    private static (string Id, int? Site) Target(IFormCollection form) =>
        (form["id"].ToString(), int.TryParse(form["site"], CultureInfo.InvariantCulture, out var site) ? site : null);

    private static long MinorUnits(string text, string currency)
    {
        if (!decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            throw new RefusalException(ErrorCode.Amount, "Invalid amount");
        var minor = Currencies.Decimals(currency) == 0 ? amount : amount * 100;
        return minor == decimal.Truncate(minor) && minor < long.MaxValue ? (long)minor : throw new RefusalException(ErrorCode.Amount, "Invalid amount");
    }

    // A plain card with the method's initials: MultiSafepay's own pictures lie on the internet.
    private static IResult Icon(string file)
    {
        if (!file.EndsWith(".svg", StringComparison.Ordinal) || GatewayCatalogue.Find(file[..^4]) is not { } gateway)
            return Results.NotFound();

        var words = gateway.Name.Split(' ');
        var initials = words.Length > 1 ? string.Concat(words.Take(2).Select(word => word[0])) : gateway.Name[..2];
        var svg = $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 60" width="96" height="60" role="img" aria-label="{WebUtility.HtmlEncode(gateway.Name)}">
              <rect x="1" y="1" width="94" height="58" rx="8" fill="#fff" stroke="#b6c2cf" stroke-width="2"/>
              <text x="48" y="40" font-family="system-ui, sans-serif" font-size="28" font-weight="700" text-anchor="middle" fill="#00568a">{WebUtility.HtmlEncode(initials)}</text>
            </svg>
            """;
        return Results.Bytes(Encoding.UTF8.GetBytes(svg), "image/svg+xml");
    }

    private static byte[] ReadResource(string name)
    {
        using var stream = typeof(PageEndpoints).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
