using Nop.Core;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>What a <see cref="MultiSafepayFollowUp"/> is for.</summary>
public enum FollowUpKind
{
    /// <summary>Work that was begun and may not be finished (<see cref="IFollowUpStep"/>).</summary>
    OpenWork = 0,

    /// <summary>A payment that is compared with MultiSafepay now and then, because notifications can be missed.</summary>
    Comparison = 1,

    /// <summary>A subscription whose next payment is made at its date. The order is the first one.</summary>
    Subscription = 2
}

/// <summary>
/// A row of the plugin's table: an order that the scheduled task has to look at, and when. An order can have several rows of a kind, because adding one takes no look at those that
/// are there; the task merges them.
/// </summary>
public class MultiSafepayFollowUp : BaseEntity
{
    /// <summary>The order's id in nopCommerce.</summary>
    public int OrderId { get; set; }

    /// <summary>The <see cref="FollowUpKind"/>.</summary>
    public int KindId { get; set; }

    /// <summary>When the row was added, in UTC.</summary>
    public DateTime CreatedOnUtc { get; set; }

    /// <summary>When the task looks at the order next, in UTC.</summary>
    public DateTime DueOnUtc { get; set; }

    /// <summary>How many times in a row the task has failed with the order.</summary>
    public int FailedTries { get; set; }
}
