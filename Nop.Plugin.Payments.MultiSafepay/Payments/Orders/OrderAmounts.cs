namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>
/// Rounds and compares an order's amounts in the primary store currency. nopCommerce's database stores them with four decimals (its columns are <c>decimal(18, 4)</c>), so an amount with
/// more decimals, such as a refund that another plugin calculated, is read back different from what was written.
/// </summary>
public static class OrderAmounts
{
    /// <summary>The number of decimals that nopCommerce stores.</summary>
    public const int Decimals = 4;

    // Half of the smallest unit of a currency with three decimals: the difference that several amounts rounded to four decimals may add up to.
    private const decimal Tolerance = 0.0005m;

    /// <summary>The amount as nopCommerce can store it: rounded to four decimals, half away from zero.</summary>
    public static decimal Round(decimal amount) => Math.Round(amount, Decimals, MidpointRounding.AwayFromZero);

    /// <summary>Whether the first amount is at least the second, apart from what the database has rounded off.</summary>
    public static bool IsAtLeast(decimal amount, decimal other) => other - amount < Tolerance;
}
