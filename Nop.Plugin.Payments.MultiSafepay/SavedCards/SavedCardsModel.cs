using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>The model of the page with the customer's saved cards.</summary>
public record SavedCardsModel : BaseNopModel
{
    /// <summary>The number by which the navigation of the customer's account knows the page; none of nopCommerce's own (CustomerNavigationEnum in 4.90.6 ends at 150).</summary>
    public const int NavigationTab = 4810;

    /// <summary>The cards.</summary>
    public IReadOnlyList<SavedCard> Cards { get; init; } = [];

    /// <summary>Whether MultiSafepay cannot be asked at the moment.</summary>
    public bool IsUnavailable { get; init; }
}
