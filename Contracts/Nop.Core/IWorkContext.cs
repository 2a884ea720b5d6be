using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Tax;

namespace Nop.Core;

/// <summary>Who visits the shop, in which language and currency.</summary>
public interface IWorkContext
{
    Task<Customer> GetCurrentCustomerAsync();
    Customer OriginalCustomerIfImpersonated { get; }
    Task<TaxDisplayType> GetTaxDisplayTypeAsync();
    Task<Currency> GetWorkingCurrencyAsync();
    Task<Language> GetWorkingLanguageAsync();
    Task SetCurrentCustomerAsync(Customer customer = null);
    Task SetWorkingLanguageAsync(Language language);
}
