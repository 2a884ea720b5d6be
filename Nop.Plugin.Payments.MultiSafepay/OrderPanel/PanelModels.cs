using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>The card on the order page in the admin area, created from the payment record without an API call.</summary>
public record PanelCardModel : BaseNopModel
{
    /// <summary>The id of the order in nopCommerce.</summary>
    public required int OrderId { get; init; }

    /// <summary>The last known state of the payment, localized.</summary>
    public required string State { get; init; }

    /// <summary>The payment methods that were used; empty if unknown.</summary>
    public required string Means { get; init; }

    /// <summary>The antiforgery token for the panel's buttons.</summary>
    public required string Token { get; init; }
}

/// <summary>The content of the panel.</summary>
public record PanelModel : BaseNopModel
{
    /// <summary>The id of the order in nopCommerce.</summary>
    public required int OrderId { get; init; }

    /// <summary>The order number that customers see.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>The result of the action; null for none.</summary>
    public PanelAnswer? Answer { get; init; }

    /// <summary>The reason why MultiSafepay could not be asked, localized; null for none.</summary>
    public string? Problem { get; init; }

    /// <summary>The state of the payment in a few words, localized.</summary>
    public required string State { get; init; }

    /// <summary>A sentence that explains what the state means for the order, localized.</summary>
    public required string Explanation { get; init; }

    /// <summary>The colour of <see cref="State"/>, as the Bootstrap name: success, warning, danger, info or secondary.</summary>
    public required string Colour { get; init; }

    /// <summary>Whether the payment belongs to MultiSafepay's test environment.</summary>
    public bool IsTest { get; init; }

    /// <summary>The payment methods that were used; empty while unknown.</summary>
    public string Means { get; init; } = string.Empty;

    /// <summary>The icon of <see cref="Means"/>, as the Font Awesome name.</summary>
    public string MeansIcon { get; init; } = string.Empty;

    /// <summary>The URL of MultiSafepay's dashboard.</summary>
    public required string DashboardUrl { get; init; }

    /// <summary>The facts about the payment, localized.</summary>
    public IReadOnlyList<PanelFact> Facts { get; init; } = [];

    /// <summary>The warnings to the owner, localized.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The events of the payment, oldest first.</summary>
    public IReadOnlyList<PanelEvent> TimeLine { get; init; } = [];

    /// <summary>The buttons that apply to the current state; empty for a user who may not edit orders.</summary>
    public IReadOnlyList<PanelButton> Buttons { get; init; } = [];

    /// <summary>The payment link for the customer; null for none.</summary>
    public string? Link { get; init; }

    /// <summary>The payment link as a QR code in SVG; null for none.</summary>
    public string? QrCode { get; init; }

    /// <summary>Whether the URL of the shop's invoice can be entered.</summary>
    public bool CanSetInvoiceUrl { get; init; }

    /// <summary>The URL of the shop's invoice that MultiSafepay has; empty for none.</summary>
    public string InvoiceUrl { get; init; } = string.Empty;
}

/// <summary>The result of an action.</summary>
/// <param name="Text">A sentence, localized.</param>
/// <param name="IsError">Whether the action was not carried out.</param>
public sealed record PanelAnswer(string Text, bool IsError);

/// <summary>A button of the panel.</summary>
/// <param name="Action">The controller action that the button posts to.</param>
/// <param name="Text">The caption, localized.</param>
/// <param name="Look">The Bootstrap class, as btn-primary; a button that takes something away does not stand out.</param>
/// <param name="Confirm">The confirmation question, localized; null for none.</param>
/// <param name="Name">The name of the field that the button sends; null for none.</param>
/// <param name="Value">The value of that field.</param>
public sealed record PanelButton(string Action, string Text, string Look, string? Confirm, string? Name, string? Value);

/// <summary>A fact about the payment.</summary>
/// <param name="Label">The label, localized.</param>
/// <param name="Value">The formatted value.</param>
/// <param name="Details">What MultiSafepay says of it, small behind the value; null for nothing.</param>
public sealed record PanelFact(string Label, string Value, string? Details = null);

/// <summary>An event of a payment.</summary>
/// <param name="When">The time in the admin's time zone; empty if unknown.</param>
/// <param name="What">The description, localized.</param>
/// <param name="Amount">The amount with its currency; empty for none.</param>
/// <param name="Details">MultiSafepay's text or an id; may be empty.</param>
public sealed record PanelEvent(string When, string What, string Amount, string Details);
