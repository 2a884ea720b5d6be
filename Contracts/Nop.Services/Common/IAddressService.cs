using Nop.Core.Domain.Common;

namespace Nop.Services.Common;

/// <summary>The addresses.</summary>
public interface IAddressService
{
    Task<Address> GetAddressByIdAsync(int addressId);
    Task InsertAddressAsync(Address address);
}
