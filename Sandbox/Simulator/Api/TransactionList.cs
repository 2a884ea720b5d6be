using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Api;

/// <summary>GET transactions: the site's money movements, newest first, filtered and in pages that a cursor joins.</summary>
public static class TransactionList
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    public static IResult Get(HttpContext context, OrderAccess orders)
    {
        var query = context.Request.Query;
        if (query["site_id"].FirstOrDefault() is { Length: > 0 } siteId && siteId != context.Site().SiteId.ToString(CultureInfo.InvariantCulture))
            throw new RefusalException(ErrorCode.ApiKey, "The key belongs to another site", StatusCodes.Status403Forbidden);
        var limit = Limit(query["limit"]);

        var all = orders.All(order => (order, rows: Rows(order).ToList()))
            .Where(entry => entry.order.Site.SiteId == context.Site().SiteId)
            .SelectMany(entry => entry.rows)
            .Where(row => Matches(row, query))
            .OrderByDescending(row => row.Id)
            .ToList();

        var page = Page(all, Cursor(query["after"]), Cursor(query["before"]), limit);
        var hasNext = page.Count > 0 && all[^1].Id < page[^1].Id;
        var hasPrevious = page.Count > 0 && all[0].Id > page[0].Id;
        var after = hasNext ? Encode(page[^1].Id) : null;
        var before = hasPrevious ? Encode(page[0].Id) : null;
        var url = SimulatorApiEndpoints.BaseUrl(context.Request) + context.Request.Path;
        return Results.Json(new JsonObject
        {
            ["success"] = true,
            ["data"] = new JsonArray([.. page.Select(row => row.Write())]),
            ["pager"] = new JsonObject
            {
                ["after"] = after is null ? null : FormattableString.Invariant($"{url}?after={after}&limit={limit}"),
                ["before"] = before is null ? null : FormattableString.Invariant($"{url}?before={before}&limit={limit}"),
                ["cursor"] = new JsonObject { ["after"] = after, ["before"] = before },
                ["limit"] = limit,
            },
        });
    }

    private static List<Row> Page(List<Row> all, long? after, long? before, int limit) => (after, before) switch
    {
        ({ } id, _) => [.. all.Where(row => row.Id < id).Take(limit)],
        (_, { } id) => [.. all.Where(row => row.Id > id).TakeLast(limit)],
        _ => [.. all.Take(limit)],
    };

    private static bool Matches(Row row, IQueryCollection query) =>
        Is(query["status"], row.Status)
        && Is(query["financial_status"], row.FinancialStatus)
        && Is(query["type"], row.Type)
        && Is(query["payment_method"], row.Transaction.GatewayId)
        && IsWithin(row.Created, query["created_from"], query["created_until"])
        && IsWithin(row.Completed, query["completed_from"], query["completed_until"]);

    private static bool Is(Microsoft.Extensions.Primitives.StringValues wanted, string value)
    {
        var values = wanted.SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return values.Count == 0 || values.Contains(value, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsWithin(DateTimeOffset? time, string? from, string? until)
    {
        if (Json.ParseTime(from) is { } start && !(time >= start))
            return false;
        return Json.ParseTime(until) is not { } end || time < end;
    }

    private static int Limit(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return DefaultLimit;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : throw RefusalException.General("Invalid limit");
    }

    private static string Encode(long id) => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture)));

    private static long? Cursor(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            return long.Parse(Encoding.ASCII.GetString(Convert.FromHexString(text)), NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw RefusalException.General("Invalid cursor");
        }
    }

    private static IEnumerable<Row> Rows(SimulatedOrder order)
    {
        foreach (var transaction in order.Transactions)
        {
            yield return new(order, transaction, Related: null);
            foreach (var related in transaction.Related.Where(related => related.Type is RelatedType.Refund or RelatedType.Chargeback or RelatedType.ReverseChargeback))
                yield return new(order, transaction, related);
        }
    }

    /// <summary>A payment, or a refund or chargeback of one.</summary>
    private sealed record Row(SimulatedOrder Order, SimulatedTransaction Transaction, SimulatedRelatedTransaction? Related)
    {
        public long Id => Related?.Id ?? Transaction.Id;

        public string Status => Related?.Status ?? Transaction.Status;

        public string FinancialStatus => Related?.FinancialStatus ?? Transaction.FinancialStatus;

        public string Type => Related?.Type.Replace('-', '_') ?? "payment";

        public DateTimeOffset Created => Related?.Created ?? Transaction.Created;

        public DateTimeOffset? Completed => Related is null ? Transaction.Completed : Related.Status == State.Status.Completed ? Related.Modified : null;

        public JsonObject Write()
        {
            var session = Transaction.Session;
            var customer = session.Request["customer"] as JsonObject ?? [];
            var amount = Related?.Amount ?? Transaction.Amount;
            var fee = Related is null ? (long)(Transaction.Fee * 100) : 0;
            var json = new JsonObject
            {
                ["amount"] = amount,
                ["costs"] = fee == 0 ? [] : new JsonArray(new JsonObject { ["amount"] = fee, ["description"] = $"For {Transaction.GatewayId} Transactions", ["dst"] = 0 }),
                ["created"] = Json.Time(Created),
                ["currency"] = session.Currency,
                ["customer"] = new JsonObject
                {
                    ["email"] = customer["email"]?.DeepClone(),
                    ["first_name"] = (customer["first_name"] ?? customer["firstname"])?.DeepClone(),
                    ["iban"] = "",
                    ["last_name"] = (customer["last_name"] ?? customer["lastname"])?.DeepClone(),
                },
                ["debit_credit"] = Type is RelatedType.Refund or RelatedType.Chargeback ? "D" : "C",
                ["description"] = Related?.Description ?? session.Description,
                ["financial_status"] = FinancialStatus,
                ["net"] = amount - fee,
                ["order_id"] = Related?.OrderId ?? Order.OrderId,
                ["payment_method"] = Transaction.GatewayId,
                ["site_id"] = Order.Site.SiteId,
                ["status"] = Status,
                ["transaction_id"] = Id,
                ["type"] = Type,
                ["var1"] = session.Request["var1"]?.DeepClone(),
                ["var2"] = session.Request["var2"]?.DeepClone(),
                ["var3"] = session.Request["var3"]?.DeepClone(),
            };
            if (Completed is { } completed)
                json["completed"] = Json.Time(completed);
            return json;
        }
    }
}
