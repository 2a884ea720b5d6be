using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;

namespace Nop.Services.Customers;

/// <summary>The customers.</summary>
public interface ICustomerService
{
    Task<IList<CustomerRole>> GetAllCustomerRolesAsync(bool showHidden = false);
    Task<Address> GetCustomerBillingAddressAsync(Customer customer);
    Task<Customer> GetCustomerByGuidAsync(Guid customerGuid);
    Task<Customer> GetCustomerByIdAsync(int customerId);
    Task<Customer> GetCustomerBySystemNameAsync(string systemName);
    Task<string> GetCustomerFullNameAsync(Customer customer);
    Task<int[]> GetCustomerRoleIdsAsync(Customer customer, bool showHidden = false);
    Task<IList<CustomerRole>> GetCustomerRolesAsync(Customer customer, bool showHidden = false);
    Task<Address> GetCustomerShippingAddressAsync(Customer customer);
    Task<Customer> GetOrCreateBackgroundTaskUserAsync();
    Task<IList<Customer>> GetCustomersByIdsAsync(int[] customerIds);
    Task<bool> IsAdminAsync(Customer customer, bool onlyActiveCustomerRoles = true);
    Task<bool> IsGuestAsync(Customer customer, bool onlyActiveCustomerRoles = true);
    Task<bool> IsRegisteredAsync(Customer customer, bool onlyActiveCustomerRoles = true);
    Task UpdateCustomerAsync(Customer customer);
}
