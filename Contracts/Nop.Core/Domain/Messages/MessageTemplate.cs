using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Messages;

/// <summary>A mail that the shop sends, with tokens for what differs.</summary>
public class MessageTemplate : BaseEntity, ILocalizedEntity
{
    public bool AllowDirectReply { get; set; }
    public int AttachedDownloadId { get; set; }
    public string BccEmailAddresses { get; set; }
    public string Body { get; set; }
    public int? DelayBeforeSend { get; set; }
    public int DelayPeriodId { get; set; }
    public int EmailAccountId { get; set; }
    public bool IsActive { get; set; }
    public bool LimitedToStores { get; set; }
    public string Name { get; set; }
    public string Subject { get; set; }
}
