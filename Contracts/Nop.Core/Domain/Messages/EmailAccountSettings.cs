using Nop.Core.Configuration;

namespace Nop.Core.Domain.Messages;

/// <summary>Which mail account is used where a template names none.</summary>
public class EmailAccountSettings : ISettings
{
    public int DefaultEmailAccountId { get; set; }
}
