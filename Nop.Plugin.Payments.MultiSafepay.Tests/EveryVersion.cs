namespace Nop.Plugin.Payments.MultiSafepay.Tests;

/// <summary>
/// Marks tests of what the versions of nopCommerce do differently, and the customer's whole way through the pages. <c>.ci/run</c> runs them on 5.00 as well (docs/testing.md); everything else runs on
/// one version.
/// </summary>
internal static class EveryVersion
{
    public const string Category = "EveryVersion";
}
