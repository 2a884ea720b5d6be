using Nop.Core.Domain.Common;
using Nop.Core.Domain.Directory;

namespace Nop.Services.Directory;

/// <summary>The parts of countries.</summary>
public interface IStateProvinceService
{
    Task<StateProvince> GetStateProvinceByAddressAsync(Address address);
    Task<StateProvince> GetStateProvinceByIdAsync(int stateProvinceId);
}
