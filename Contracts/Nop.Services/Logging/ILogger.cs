using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Logging;

namespace Nop.Services.Logging;

/// <summary>The log that the admin pages show.</summary>
public interface ILogger
{
    Task ErrorAsync(string message, Exception exception = null, Customer customer = null);
    Task<IPagedList<Log>> GetAllLogsAsync(DateTime? fromUtc = null, DateTime? toUtc = null, string message = "", LogLevel? logLevel = null, int pageIndex = 0, int pageSize = int.MaxValue);
    Task InformationAsync(string message, Exception exception = null, Customer customer = null);
    Task InsertLogAsync(LogLevel logLevel, string shortMessage, string fullMessage = "", Customer customer = null);
    bool IsEnabled(LogLevel level);
    Task WarningAsync(string message, Exception exception = null, Customer customer = null);
}
