using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>The card on the admin's order page, as it is drawn with the page: from what the shop remembers, without asking MultiSafepay.</summary>
public record PanelCardModel : BaseNopModel
{
    /// <summary>The order's id in nopCommerce.</summary>
    public required int OrderId { get; init; }

    /// <summary>How the payment stood when MultiSafepay was last asked, localized.</summary>
    public required string State { get; init; }

    /// <summary>With what it was paid; empty when that is not known.</summary>
    public required string Means { get; init; }

    /// <summary>The token that guards the panel's buttons against forged requests.</summary>
    public required string Token { get; init; }
}

/// <summary>The panel's content.</summary>
public record PanelModel : BaseNopModel
{
    /// <summary>The order's id in nopCommerce.</summary>
    public required int OrderId { get; init; }

    /// <summary>The order's number, as customers know it.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>What came of the button that was pressed, or null.</summary>
    public PanelAnswer? Answer { get; init; }

    /// <summary>Why MultiSafepay could not be asked, localized; null when it was, or need not be.</summary>
    public string? Problem { get; init; }

    /// <summary>How the payment stands, in a word or two, localized.</summary>
    public required string State { get; init; }

    /// <summary>The same in a sentence that says what it means for the order, localized.</summary>
    public required string Explanation { get; init; }

    /// <summary>The colour of <see cref="State"/>, as Bootstrap names it: success, warning, danger, info or secondary.</summary>
    public required string Colour { get; init; }

    /// <summary>Whether the payment belongs to MultiSafepay's test environment.</summary>
    public bool IsTest { get; init; }

    /// <summary>With what it was paid; empty while that is not known.</summary>
    public string Means { get; init; } = string.Empty;

    /// <summary>The name of the icon of <see cref="Means"/>, as Font Awesome names it.</summary>
    public string MeansIcon { get; init; } = string.Empty;

    /// <summary>Where the payment can be seen in MultiSafepay's dashboard.</summary>
    public required string DashboardUrl { get; init; }

    /// <summary>What is known, a label and a value each, localized.</summary>
    public IReadOnlyList<PanelFact> Facts { get; init; } = [];

    /// <summary>What the owner should look at, localized.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What happened, oldest first.</summary>
    public IReadOnlyList<PanelEvent> TimeLine { get; init; } = [];

    /// <summary>The buttons that make sense now; empty for somebody who may only look.</summary>
    public IReadOnlyList<PanelButton> Buttons { get; init; } = [];

    /// <summary>The link by which the customer can pay, or null.</summary>
    public string? Link { get; init; }

    /// <summary>The link as a QR code in SVG, or null.</summary>
    public string? QrCode { get; init; }

    /// <summary>Whether the address of the shop's invoice can be entered.</summary>
    public bool CanSetInvoiceUrl { get; init; }

    /// <summary>The address of the shop's invoice as MultiSafepay knows it; empty when it knows none.</summary>
    public string InvoiceUrl { get; init; } = string.Empty;
}

/// <summary>What came of a button.</summary>
/// <param name="Text">A sentence, localized.</param>
/// <param name="IsError">Whether it was not done.</param>
public sealed record PanelAnswer(string Text, bool IsError);

/// <summary>A button of the panel.</summary>
/// <param name="Action">The action of the controller that it posts to.</param>
/// <param name="Text">What stands on it, localized.</param>
/// <param name="Look">Its colour, as Bootstrap names it: btn-primary or btn-danger.</param>
/// <param name="Confirm">What is asked before it is done, localized; null when nothing is.</param>
/// <param name="Name">The name of the field that it sends, or null.</param>
/// <param name="Value">The value of that field.</param>
public sealed record PanelButton(string Action, string Text, string Look, string? Confirm, string? Name, string? Value);

/// <summary>A row of the panel.</summary>
/// <param name="Label">What it is, localized.</param>
/// <param name="Value">As people read it.</param>
public sealed record PanelFact(string Label, string Value);

/// <summary>Something that happened to a payment.</summary>
/// <param name="When">In the admin's time zone; empty when MultiSafepay did not say.</param>
/// <param name="What">In words, localized.</param>
/// <param name="Amount">With its currency; empty when it has none.</param>
/// <param name="Details">MultiSafepay's own words, or an identifier; may be empty.</param>
public sealed record PanelEvent(string When, string What, string Amount, string Details);
