namespace Nop.Services.Messages;

/// <summary>The tone of a message.</summary>
public enum NotifyType
{
    Success = 0,
    Error = 1,
    Warning = 2,
}
