using Nop.Core;
using Nop.Core.Domain.Common;

namespace Nop.Services.Common;

/// <summary>Named values kept beside a row.</summary>
public interface IGenericAttributeService
{
    Task DeleteAttributeAsync(GenericAttribute attribute);
    Task<TPropType> GetAttributeAsync<TPropType>(BaseEntity entity, string key, int storeId = 0, TPropType defaultValue = default);
    Task<IList<GenericAttribute>> GetAttributesForEntityAsync(int entityId, string keyGroup);
    Task InsertAttributeAsync(GenericAttribute attribute);
    Task SaveAttributeAsync<TPropType>(BaseEntity entity, string key, TPropType value, int storeId = 0);
    Task UpdateAttributeAsync(GenericAttribute attribute);
}
