namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

// What waits for the owner, and what the scheduled task found. Nothing of it is a setting.
public partial record ConfigurationModel
{
    /// <summary>The payments that wait for the owner.</summary>
    public IReadOnlyList<OwnerWarning> Alerts { get; set; } = [];

    /// <summary>What the scheduled task found, in the owner's words.</summary>
    public IReadOnlyList<string> Reconciliation { get; set; } = [];

    /// <summary>What is wrong with the scheduled task.</summary>
    public IReadOnlyList<OwnerWarning> ReconciliationWarnings { get; set; } = [];

    /// <summary>Where the owner finds the scheduled tasks.</summary>
    public string ScheduleUrl { get; set; } = string.Empty;
}
