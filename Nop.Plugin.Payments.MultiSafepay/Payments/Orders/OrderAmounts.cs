namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>
/// Amounts of an order in the primary store currency, as nopCommerce's database keeps them: with four decimals (its columns are <c>decimal(18, 4)</c>). What has more, such as a
/// refund that another plugin computed, comes back different from what was written, so that amounts are compared with that in mind.
/// </summary>
public static class OrderAmounts
{
    /// <summary>How many decimals nopCommerce keeps.</summary>
    public const int Decimals = 4;

    // Several amounts that were each cut to four decimals may be off by less than half of the smallest unit that any currency has (three decimals).
    private const decimal Tolerance = 0.0005m;

    /// <summary>The amount as nopCommerce can keep it.</summary>
    public static decimal Round(decimal amount) => Math.Round(amount, Decimals, MidpointRounding.AwayFromZero);

    /// <summary>Whether the one amount is not less than the other, but for what the database has cut off.</summary>
    public static bool IsAtLeast(decimal amount, decimal other) => other - amount < Tolerance;
}
