using Nop.Core.Domain.Customers;

namespace Nop.Services.Helpers;

/// <summary>Times in the zone of the user.</summary>
public interface IDateTimeHelper
{
    Task<DateTime> ConvertToUserTimeAsync(DateTime dt, DateTimeKind sourceDateTimeKind);

    /// <summary>The zone that the customer has chosen, or else that of the shop.</summary>
    Task<TimeZoneInfo> GetCustomerTimeZoneAsync(Customer customer);
}
