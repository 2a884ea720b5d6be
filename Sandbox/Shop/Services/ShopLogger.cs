using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Logging;
using Sandbox.Shop.Data;
using LogLevel = Nop.Core.Domain.Logging.LogLevel;

namespace Sandbox.Shop.Services;

/// <summary>The shop's log: rows that the admin pages show, and lines on the console.</summary>
internal sealed partial class ShopLogger(ShopDatabase database, IHttpContextAccessor http, TimeProvider time, Microsoft.Extensions.Logging.ILogger<ShopLogger> console)
    : Nop.Services.Logging.ILogger
{
    /// <summary>What nopCommerce's short methods ask; a line that is inserted with its level is written whatever it is.</summary>
    public bool IsEnabled(LogLevel level) => level != LogLevel.Debug;

    public async Task InsertLogAsync(LogLevel logLevel, string shortMessage, string fullMessage = "", Customer? customer = null)
    {
        await database.InsertAsync(new Log
        {
            LogLevel = logLevel,
            LogLevelId = (int)logLevel,
            ShortMessage = shortMessage,
            FullMessage = fullMessage,
            CustomerId = customer?.Id,
            PageUrl = http.HttpContext?.Request.Path.Value,
            IpAddress = http.HttpContext?.Connection.RemoteIpAddress?.ToString(),
            CreatedOnUtc = time.GetUtcNow().UtcDateTime,
        });
        if (logLevel >= LogLevel.Error)
            WriteError(shortMessage);
        else
            WriteInformation(shortMessage);
    }

    public async Task<IPagedList<Log>> GetAllLogsAsync(
        DateTime? fromUtc = null, DateTime? toUtc = null, string message = "", LogLevel? logLevel = null, int pageIndex = 0, int pageSize = int.MaxValue)
    {
        var lines = await database.ListAsync<Log>(line =>
            (fromUtc is null || line.CreatedOnUtc >= fromUtc) && (toUtc is null || line.CreatedOnUtc <= toUtc) && (logLevel is null || line.LogLevel == logLevel)
            && (string.IsNullOrEmpty(message) || line.ShortMessage.Contains(message, StringComparison.Ordinal) || line.FullMessage.Contains(message, StringComparison.Ordinal)));
        return new PagedList<Log>([.. lines.OrderByDescending(line => line.CreatedOnUtc)], pageIndex, pageSize);
    }

    public Task InformationAsync(string message, Exception? exception = null, Customer? customer = null) => WriteAsync(LogLevel.Information, message, exception, customer);

    public Task WarningAsync(string message, Exception? exception = null, Customer? customer = null) => WriteAsync(LogLevel.Warning, message, exception, customer);

    public Task ErrorAsync(string message, Exception? exception = null, Customer? customer = null) => WriteAsync(LogLevel.Error, message, exception, customer);

    /// <summary>nopCommerce does not log an aborted request.</summary>
    private Task WriteAsync(LogLevel level, string message, Exception? exception, Customer? customer) =>
        exception is ThreadAbortException ? Task.CompletedTask : InsertLogAsync(level, message, exception?.ToString() ?? "", customer);

    [LoggerMessage(Level = Microsoft.Extensions.Logging.LogLevel.Error, Message = "{Text}")]
    private partial void WriteError(string text);

    [LoggerMessage(Level = Microsoft.Extensions.Logging.LogLevel.Information, Message = "{Text}")]
    private partial void WriteInformation(string text);
}
