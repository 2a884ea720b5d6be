using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.OpenPayments;

/// <summary>The page of open payments.</summary>
public record OpenPaymentsModel : BaseNopModel
{
    /// <summary>The lines, in the order in which they are shown.</summary>
    public required IReadOnlyList<OpenPaymentsLine> Lines { get; init; }

    /// <summary>Whether there may be more than is shown.</summary>
    public required bool HasMore { get; init; }

    /// <summary>Whether the user may edit orders, and so dismiss alerts.</summary>
    public required bool MayEdit { get; init; }
}

/// <summary>A line of the page.</summary>
/// <param name="OrderId">The order's id in nopCommerce.</param>
/// <param name="OrderNumber">The order number that the owner sees.</param>
/// <param name="Store">The name of the store; empty if the shop has only one.</param>
/// <param name="What">What is open, localized.</param>
/// <param name="When">Until when, or since when, localized.</param>
/// <param name="AlertId">The id of the alert that can be dismissed; null if the line is not about one.</param>
public sealed record OpenPaymentsLine(int OrderId, string OrderNumber, string Store, string What, string When, string? AlertId);
