namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

// Open alerts and the report of the scheduled task. These are not settings.
public partial record ConfigurationModel
{
    /// <summary>The payments that need a decision by the owner.</summary>
    public IReadOnlyList<OwnerWarning> Alerts { get; set; } = [];

    /// <summary>The report of the scheduled task's last run, in the owner's language.</summary>
    public IReadOnlyList<string> Reconciliation { get; set; } = [];

    /// <summary>The problems with the scheduled task; empty for none.</summary>
    public IReadOnlyList<OwnerWarning> ReconciliationWarnings { get; set; } = [];

    /// <summary>The URL of nopCommerce's scheduled tasks.</summary>
    public string ScheduleUrl { get; set; } = string.Empty;
}
