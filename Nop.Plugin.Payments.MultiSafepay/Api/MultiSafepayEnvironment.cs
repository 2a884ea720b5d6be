namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// The environments of MultiSafepay. Each has its own address, sites and API keys. The numeric values are stored in settings.
/// </summary>
public enum MultiSafepayEnvironment
{
    /// <summary>Payments are simulated; no money is transferred.</summary>
    Test = 0,

    /// <summary>Real payments.</summary>
    Live = 1
}
