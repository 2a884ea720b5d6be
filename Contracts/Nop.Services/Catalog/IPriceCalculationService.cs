using Nop.Core.Domain.Directory;

namespace Nop.Services.Catalog;

/// <summary>Rounds prices the way the shop does.</summary>
public interface IPriceCalculationService
{
    decimal Round(decimal value, RoundingType roundingType);
    Task<decimal> RoundPriceAsync(decimal value, Currency currency = null);
}
