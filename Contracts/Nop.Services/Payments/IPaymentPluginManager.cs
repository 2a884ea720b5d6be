using Nop.Core.Domain.Customers;
using Nop.Services.Plugins;

namespace Nop.Services.Payments;

/// <summary>Finds payment methods.</summary>
public interface IPaymentPluginManager : IPluginManager<IPaymentMethod>
{
    bool IsPluginActive(IPaymentMethod paymentMethod);
    Task<bool> IsPluginActiveAsync(string systemName, Customer customer = null, int storeId = 0);
    Task<IList<IPaymentMethod>> LoadActivePluginsAsync(Customer customer = null, int storeId = 0, int countryId = 0);
}
