namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>What an installation or update could not do because of a failure, to be done again with each run of the task.</summary>
public interface IUnfinishedInstallation
{
    /// <summary>Does it again if anything is left. Never throws.</summary>
    /// <returns>Whether anything is still left.</returns>
    Task<bool> RetryAsync();
}
