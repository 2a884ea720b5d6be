using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Payments;
using Nop.Services.Customers;
using Nop.Services.Payments;
using Sandbox.Shop.Hosting;

namespace Sandbox.Shop.Services;

/// <summary>Finds the payment methods: installed, active, and not limited to other stores or roles.</summary>
internal sealed class PaymentPluginManager(InstalledPlugins installed, ICustomerService customers, PaymentSettings settings) : IPaymentPluginManager
{
    public async Task<IList<IPaymentMethod>> LoadAllPluginsAsync(Customer? customer = null, int storeId = 0)
    {
        List<IPaymentMethod> found = [];
        foreach (var method in await installed.OfTypeAsync<IPaymentMethod>())
        {
            var stores = method.PluginDescriptor.LimitedToStores;
            if ((storeId == 0 || stores.Count == 0 || stores.Contains(storeId)) && await IsForAsync(customer, method))
                found.Add(method);
        }

        return [.. found.OrderBy(method => method.PluginDescriptor.DisplayOrder)];
    }

    public async Task<IPaymentMethod?> LoadPluginBySystemNameAsync(string systemName, Customer? customer = null, int storeId = 0) =>
        (await LoadAllPluginsAsync(customer, storeId)).FirstOrDefault(method => IsNamed(method, systemName));

    public async Task<IList<IPaymentMethod>> LoadActivePluginsAsync(List<string> systemNames, Customer? customer = null, int storeId = 0) =>
        [.. (await LoadAllPluginsAsync(customer, storeId)).Where(method => IsPluginActive(method, systemNames))];

    public Task<IList<IPaymentMethod>> LoadActivePluginsAsync(Customer? customer = null, int storeId = 0, int countryId = 0) =>
        LoadActivePluginsAsync(settings.ActivePaymentMethodSystemNames, customer, storeId);

    public bool IsPluginActive(IPaymentMethod plugin, List<string> systemNames) => systemNames.Exists(name => IsNamed(plugin, name));

    public bool IsPluginActive(IPaymentMethod paymentMethod) => IsPluginActive(paymentMethod, settings.ActivePaymentMethodSystemNames);

    public async Task<bool> IsPluginActiveAsync(string systemName, Customer? customer = null, int storeId = 0) =>
        await LoadPluginBySystemNameAsync(systemName, customer, storeId) is { } method && IsPluginActive(method);

    private async Task<bool> IsForAsync(Customer? customer, IPaymentMethod method)
    {
        var roles = method.PluginDescriptor.LimitedToCustomerRoles;
        return customer is null || roles.Count == 0 || (await customers.GetCustomerRoleIdsAsync(customer)).Intersect(roles).Any();
    }

    private static bool IsNamed(IPaymentMethod method, string? systemName) =>
        string.Equals(method.PluginDescriptor.SystemName, systemName, StringComparison.OrdinalIgnoreCase);
}
