using Nop.Web.Areas.Admin.Models.Orders;

namespace Sandbox.Shop.Models;

/// <summary>What the administrator may do with an order: the rules are nopCommerce's.</summary>
public sealed record OrderActions
{
    public bool Capture { get; init; }

    public bool MarkAsPaid { get; init; }

    public bool Refund { get; init; }

    public bool RefundOffline { get; init; }

    public bool PartiallyRefund { get; init; }

    public bool PartiallyRefundOffline { get; init; }

    public bool Void { get; init; }

    public bool VoidOffline { get; init; }

    public bool Ship { get; init; }

    public bool Cancel { get; init; }
}

/// <summary>The administrator's page about one order; amounts in the primary currency.</summary>
public sealed record AdminOrderModel
{
    public required OrderRowModel Row { get; init; }

    public required OrderActions Actions { get; init; }

    /// <summary>The recurring payment that began with this order, if one did.</summary>
    public int? RecurringPaymentId { get; init; }

    public required IReadOnlyList<LineModel> Lines { get; init; }

    public required IReadOnlyList<TotalModel> Totals { get; init; }

    public required IReadOnlyList<NoteModel> Notes { get; init; }

    public required IReadOnlyList<string> Address { get; init; }

    /// <summary>The checkout attributes, in words.</summary>
    public string? Extras { get; init; }

    public required IReadOnlyList<ShipmentModel> Shipments { get; init; }

    /// <summary>Label and value of the facts about the payment; empty ones are left out.</summary>
    public required IReadOnlyList<(string Label, string Value)> Facts { get; init; }

    /// <summary>The most that can still be refunded, in the invariant notation of a number field.</summary>
    public required string Refundable { get; init; }

    public required string CurrencyCode { get; init; }

    public required OrderModel Widget { get; init; }
}

/// <summary>A shipment of an order.</summary>
public sealed record ShipmentModel(int Id, string TrackingNumber, DateTime? ShippedUtc);

/// <summary>A plugin in the list of plugins.</summary>
public sealed record PluginModel(string SystemName, string Name, string Version, string? Description, string? LogoUrl, bool Installed, bool IsPaymentMethod, bool Active,
    string? ConfigurationUrl);

/// <summary>A line of the log.</summary>
public sealed record LogModel(DateTime CreatedUtc, string Level, string Message, string Full, string? Page);

/// <summary>A scheduled task.</summary>
public sealed record TaskModel(int Id, string Name, string Type, int Seconds, bool Enabled, DateTime? LastStartUtc, DateTime? LastEndUtc, DateTime? LastSuccessUtc);

/// <summary>A settings row.</summary>
public sealed record SettingModel(string Name, string Value, int StoreId);

/// <summary>The choice of the store that is being configured.</summary>
public sealed record StoreScopeModel(int StoreId, IReadOnlyList<(int Id, string Name)> Stores, string ReturnUrl);
