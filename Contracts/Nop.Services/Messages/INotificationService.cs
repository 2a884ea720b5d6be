namespace Nop.Services.Messages;

/// <summary>Messages at the top of the next page.</summary>
public interface INotificationService
{
#if NOP_480
    void ErrorNotification(string message, bool encode = true);
    Task ErrorNotificationAsync(Exception exception, bool logException = true);
    void Notification(NotifyType type, string message, bool encode = true);
    void SuccessNotification(string message, bool encode = true);
    void WarningNotification(string message, bool encode = true);
#else
    void ErrorNotification(string message, bool encode = true, int timeout = 0);
    Task ErrorNotificationAsync(Exception exception, bool logException = true, int timeout = 0);
    void Notification(NotifyType type, string message, bool encode = true, int timeout = 0);
    void SuccessNotification(string message, bool encode = true, int timeout = 0);
    void WarningNotification(string message, bool encode = true, int timeout = 0);
#endif
}
