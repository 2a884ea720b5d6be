using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;

namespace Nop.Services.Tax;

/// <summary>Tax on prices.</summary>
public interface ITaxService
{
    Task<(decimal price, decimal taxRate)> GetCheckoutAttributePriceAsync(
        CheckoutAttribute ca, CheckoutAttributeValue cav, bool includingTax, Customer customer);
}
