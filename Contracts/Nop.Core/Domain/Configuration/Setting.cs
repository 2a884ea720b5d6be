using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Configuration;

/// <summary>One stored setting.</summary>
public class Setting : BaseEntity, ILocalizedEntity
{
    public string Name { get; set; }
    public int StoreId { get; set; }
    public string Value { get; set; }
}
