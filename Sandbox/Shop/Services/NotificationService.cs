using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Nop.Core;
using Nop.Services.Messages;
using ILogger = Nop.Services.Logging.ILogger;

namespace Sandbox.Shop.Services;

/// <summary>A message for the visitor. <paramref name="Message"/> is HTML.</summary>
public sealed record Notification(NotifyType Type, string Message);

/// <summary>Messages that show on the next page the visitor sees, kept in a cookie until then.</summary>
internal sealed class NotificationService(IHttpContextAccessor http, ITempDataDictionaryFactory tempData, ILogger logger, IWorkContext workContext) : INotificationService
{
    private const string Key = "NotificationList";

    // Both shapes of the interface: the timeout came with nopCommerce 4.90.
    public void SuccessNotification(string message, bool encode) => Add(NotifyType.Success, message, encode);

    public void SuccessNotification(string message, bool encode = true, int timeout = 0) => Add(NotifyType.Success, message, encode);

    public void WarningNotification(string message, bool encode) => Add(NotifyType.Warning, message, encode);

    public void WarningNotification(string message, bool encode = true, int timeout = 0) => Add(NotifyType.Warning, message, encode);

    public void ErrorNotification(string message, bool encode) => Add(NotifyType.Error, message, encode);

    public void ErrorNotification(string message, bool encode = true, int timeout = 0) => Add(NotifyType.Error, message, encode);

    public void Notification(NotifyType type, string message, bool encode) => Add(type, message, encode);

    public void Notification(NotifyType type, string message, bool encode = true, int timeout = 0) => Add(type, message, encode);

    public Task ErrorNotificationAsync(Exception exception, bool logException) => ErrorNotificationAsync(exception, logException, 0);

    public async Task ErrorNotificationAsync(Exception exception, bool logException = true, int timeout = 0)
    {
        if (logException)
            await logger.ErrorAsync(exception.Message, exception, await workContext.GetCurrentCustomerAsync());
        Add(NotifyType.Error, exception.Message, encode: true);
    }

    /// <summary>Takes the waiting messages, to be shown once.</summary>
    public static IReadOnlyList<Notification> Take(ITempDataDictionary data) => Read(data[Key]);

    private void Add(NotifyType type, string message, bool encode)
    {
        var data = tempData.GetTempData(http.HttpContext ?? throw new InvalidOperationException("A notification needs a request."));
        data[Key] = JsonSerializer.Serialize<List<Notification>>([.. Read(data.Peek(Key)), new Notification(type, encode ? WebUtility.HtmlEncode(message) : message)]);
    }

    private static List<Notification> Read(object? value) => value is string text ? JsonSerializer.Deserialize<List<Notification>>(text) ?? [] : [];
}
