namespace Nop.Services.Helpers;

/// <summary>Times in the zone of the user.</summary>
public interface IDateTimeHelper
{
    Task<DateTime> ConvertToUserTimeAsync(DateTime dt, DateTimeKind sourceDateTimeKind);
}
