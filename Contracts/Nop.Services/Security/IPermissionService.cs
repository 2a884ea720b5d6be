using Nop.Core.Domain.Customers;

namespace Nop.Services.Security;

/// <summary>Who may do what.</summary>
public interface IPermissionService
{
    Task<bool> AuthorizeAsync(string permissionRecordSystemName);
    Task<bool> AuthorizeAsync(string permissionRecordSystemName, Customer customer);
}
