using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Services.Common;
using Nop.Services.Customers;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Customers and their roles.</summary>
internal sealed class CustomerService(ShopDatabase database, RequestCache requestCache, IAddressService addresses, TimeProvider time) : ICustomerService
{
    public const string BackgroundTaskUser = "BackgroundTask";
    public const string AdministratorsRole = "Administrators";
    public const string RegisteredRole = "Registered";
    public const string GuestsRole = "Guests";

    public Task<Customer?> GetCustomerByIdAsync(int customerId) => requestCache.FindAsync<Customer>(customerId);

    public async Task<IList<Customer>> GetCustomersByIdsAsync(int[] customerIds) => [.. await database.FindAsync<Customer>(customerIds)];

    public async Task<Customer?> GetCustomerByGuidAsync(Guid customerGuid) =>
        customerGuid == Guid.Empty ? null : await database.FirstOrDefaultAsync<Customer>(customer => customer.CustomerGuid == customerGuid);

    public Task<Customer?> GetCustomerBySystemNameAsync(string systemName) =>
        database.FirstOrDefaultAsync<Customer>(customer => customer.SystemName == systemName);

    public Task<string> GetCustomerFullNameAsync(Customer customer) => Task.FromResult($"{customer.FirstName} {customer.LastName}".Trim());

    public Task<Address?> GetCustomerBillingAddressAsync(Customer customer) => FindAddressAsync(customer.BillingAddressId);

    public Task<Address?> GetCustomerShippingAddressAsync(Customer customer) => FindAddressAsync(customer.ShippingAddressId);

    public async Task<IList<CustomerRole>> GetAllCustomerRolesAsync(bool showHidden = false) => await database.ListAsync<CustomerRole>(role => showHidden || role.Active);

    public async Task<IList<CustomerRole>> GetCustomerRolesAsync(Customer customer, bool showHidden = false)
    {
        var links = await database.ListAsync<CustomerRoleLink>(link => link.CustomerId == customer.Id);
        return await database.ListAsync<CustomerRole>(role => links.Exists(link => link.RoleId == role.Id) && (showHidden || role.Active));
    }

    public async Task<int[]> GetCustomerRoleIdsAsync(Customer customer, bool showHidden = false) =>
        [.. (await GetCustomerRolesAsync(customer, showHidden)).Select(role => role.Id)];

    public Task<bool> IsAdminAsync(Customer customer, bool onlyActiveCustomerRoles = true) => IsInRoleAsync(customer, AdministratorsRole);

    public Task<bool> IsGuestAsync(Customer customer, bool onlyActiveCustomerRoles = true) => IsInRoleAsync(customer, GuestsRole);

    public Task<bool> IsRegisteredAsync(Customer customer, bool onlyActiveCustomerRoles = true) => IsInRoleAsync(customer, RegisteredRole);

    public async Task UpdateCustomerAsync(Customer customer)
    {
        await database.UpdateAsync(customer);
        requestCache.Forget<Customer>();
    }

    public async Task<Customer> GetOrCreateBackgroundTaskUserAsync() => await GetCustomerBySystemNameAsync(BackgroundTaskUser)
        ?? await InsertAsync(GuestsRole, customer =>
        {
            customer.SystemName = BackgroundTaskUser;
            customer.IsSystemAccount = true;
            customer.Email = "background-task@shop.example";
        });

    public Task<Customer> InsertGuestCustomerAsync() => InsertAsync(GuestsRole, _ => { });

    public async Task<Customer> InsertAsync(string roleSystemName, Action<Customer> fill)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var customer = new Customer { CustomerGuid = Guid.NewGuid(), Active = true, CreatedOnUtc = now, LastActivityDateUtc = now };
        fill(customer);
        await database.InsertAsync(customer);
        var role = (await database.ListAsync<CustomerRole>(role => role.SystemName == roleSystemName)).Single();
        await database.InsertAsync(new CustomerRoleLink { CustomerId = customer.Id, RoleId = role.Id });
        return customer;
    }

    private async Task<bool> IsInRoleAsync(Customer customer, string systemName) =>
        (await GetCustomerRolesAsync(customer)).Any(role => role.SystemName == systemName);

    private async Task<Address?> FindAddressAsync(int? addressId) => addressId is { } id ? await addresses.GetAddressByIdAsync(id) : null;
}
