namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// The two worlds of MultiSafepay. Each has its own address, its own sites and its own API keys. The numbers are stored in settings.
/// </summary>
public enum MultiSafepayEnvironment
{
    /// <summary>Payments are simulated; no money moves.</summary>
    Test = 0,

    /// <summary>Real payments.</summary>
    Live = 1
}
