using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Checks;

/// <summary>Turns the body of POST orders into a payment session, or refuses it as MultiSafepay would.</summary>
public static class OrderCheck
{
    public const int MaxOrderId = 50;
    private const int DefaultDaysActive = 30;

    /// <exception cref="RefusalException">A field breaks its rule.</exception>
    public static (string OrderId, PaymentSession Session) Check(JsonElement order, SimulatorOptions options, GatewaySwitches switches, LocaleSwitches locales, DateTimeOffset now)
    {
        if (order.ValueKind != JsonValueKind.Object)
            throw RefusalException.General("The body is not a JSON object");

        var type = CheckType(order);
        if (!Fields.TryWhole(order, "amount", out var amount) || amount < 1)
            throw new RefusalException(ErrorCode.Amount, "Invalid amount");
        var currency = Fields.Text(order, "currency");
        if (!Currencies.IsSupported(currency))
            throw new RefusalException(ErrorCode.Currency, "Invalid currency");
        var orderId = CheckOrderId(Fields.Text(order, "order_id"));
        var description = Fields.Text(order, "description");
        if (string.IsNullOrWhiteSpace(description))
            throw new RefusalException(ErrorCode.Description, "Invalid description");
        FieldRules.Check(order, FieldRules.Order);

        var gateway = CheckGateway(order, type, currency!, amount, switches);
        var manual = CheckCapture(order, gateway, switches);
        CustomerCheck.Check(order, gateway, locales);
        FieldRules.CheckRequired(order, gateway, type);
        CartCheck.Check(order, gateway, currency!, amount);
        RecurringCheck.Check(order, type);

        var paymentOptions = Fields.Section(order, "payment_options");
        var notificationUrl = Fields.Text(paymentOptions, "notification_url");
        UrlCheck.CheckNotification(notificationUrl, options.AllowLoopbackUrls);

        return (orderId, new PaymentSession
        {
            Id = Ledger.NewSessionId(),
            Request = JsonObject.Create(order.Clone())!,
            Type = type,
            GatewayId = gateway?.Id,
            Amount = amount,
            Currency = currency!,
            Description = description,
            ManualCapture = manual,
            RecurringModel = Fields.Text(order, "recurring_model"),
            RecurringId = Fields.Text(order, "recurring_id"),
            Reference = Fields.Text(Fields.Section(order, "customer"), "reference"),
            NotificationUrl = notificationUrl,
            NotificationMethod = Fields.Text(paymentOptions, "notification_method") ?? "POST",
            RedirectUrl = CheckCustomerUrl(paymentOptions, "redirect_url"),
            CancelUrl = CheckCustomerUrl(paymentOptions, "cancel_url"),
            Created = now,
            ExpiresAt = now + Lifetime(order),
        });
    }

    /// <exception cref="RefusalException">1006.</exception>
    public static string CheckOrderId(string? orderId) =>
        string.IsNullOrWhiteSpace(orderId) || orderId.Length > MaxOrderId ? throw new RefusalException(ErrorCode.OrderId, "Invalid order ID") : orderId;

    private static string CheckType(JsonElement order) => Fields.Text(order, "type") switch
    {
        null or "redirect" => "redirect",
        "paymentlink" => "paymentlink",
        "direct" => "direct",
        "checkout" => throw RefusalException.General("FastCheckout is not active for this site"),
        var other => throw RefusalException.General($"Invalid type: {other}"),
    };

    private static Gateway? CheckGateway(JsonElement order, string type, string currency, long amount, GatewaySwitches switches)
    {
        var id = Fields.Text(order, "gateway");
        if (id is null)
            return type == "direct" && !RecurringCheck.IsPaidWithToken(order) ? throw new RefusalException(ErrorCode.Gateway, "Gateway unavailable: a direct order names one") : null;

        var gateway = GatewayCatalogue.Find(id) ?? throw new RefusalException(ErrorCode.Gateway, $"Gateway unavailable: {id}", StatusCodes.Status404NotFound);
        if (!switches.IsOn(gateway))
            throw new RefusalException(ErrorCode.Gateway, $"Gateway unavailable: {id} is not active for this site");
        return gateway.Suits(country: null, currency, amount)
            ? gateway
            : throw new RefusalException(ErrorCode.Gateway, $"Gateway unavailable: {id} does not take this amount or currency");
    }

    private static bool CheckCapture(JsonElement order, Gateway? gateway, GatewaySwitches switches) => Fields.Text(order, "capture") switch
    {
        null => false,
        "manual" when gateway is null || switches.CapturesByHand(gateway) => true,
        "manual" => throw RefusalException.General($"Invalid capture: {gateway.Id} has no manual capture in this account"),
        _ => throw RefusalException.General("Invalid capture: only manual is known"),
    };

    private static string? CheckCustomerUrl(JsonElement paymentOptions, string field)
    {
        if (Fields.Text(paymentOptions, field) is not { } url)
            return null;
        UrlCheck.CheckCustomer(field, url);
        return url;
    }

    private static TimeSpan Lifetime(JsonElement order) =>
        Fields.TryWhole(order, "seconds_active", out var seconds) ? TimeSpan.FromSeconds(seconds)
        : Fields.TryWhole(order, "days_active", out var days) ? TimeSpan.FromDays(days)
        : TimeSpan.FromDays(DefaultDaysActive);
}
