namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The error codes of MultiSafepay that the plugin acts on.</summary>
public static class MultiSafepayErrorCodes
{
    /// <summary>The order id is used already (on creating), or unknown (on reading): MultiSafepay has one code for both.</summary>
    public const int OrderId = 1006;

    /// <summary>The API key is not valid in the environment that was asked.</summary>
    public const int ApiKey = 1032;
}
