namespace Sandbox.Shop.Data;

/// <summary>The coupon codes of the shop.</summary>
internal static class Coupons
{
    /// <summary>10 % off the items.</summary>
    public const string TenPercentOffItems = "WELKOM10";

    /// <summary>A fixed amount off the order's total, tax included.</summary>
    public const string FiveOffTotal = "TOTAAL5";

    public const decimal FiveOffTotalAmount = 5.00m;

    /// <summary>A gift card: a payment of its own, so it lowers the total and not the tax.</summary>
    public const string GiftCard = "CADEAU25";
}
