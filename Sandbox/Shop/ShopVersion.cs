using Nop.Core;

namespace Sandbox.Shop;

/// <summary>The version of nopCommerce that the shop behaves as: the one whose Contracts it is compiled against (<c>-p:NopVersion</c>).</summary>
public static class ShopVersion
{
    /// <summary>Such as "4.90".</summary>
    public static string Name => NopVersion.CURRENT_VERSION;

    /// <summary>Whether the shop does what nopCommerce does otherwise since 5.00, which is not released: what its development version does.</summary>
    public static bool Is500 => Name == "5.00";
}
