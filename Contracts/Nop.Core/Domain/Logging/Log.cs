namespace Nop.Core.Domain.Logging;

/// <summary>An entry of the log.</summary>
public class Log : BaseEntity
{
    public DateTime CreatedOnUtc { get; set; }
    public int? CustomerId { get; set; }
    public string FullMessage { get; set; }
    public string IpAddress { get; set; }
    public LogLevel LogLevel { get; set; }
    public int LogLevelId { get; set; }
    public string PageUrl { get; set; }
    public string ReferrerUrl { get; set; }
    public string ShortMessage { get; set; }
}
