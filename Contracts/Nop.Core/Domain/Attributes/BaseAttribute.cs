using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Attributes;

/// <summary>A question that the shop asks.</summary>
public abstract class BaseAttribute : BaseEntity, ILocalizedEntity
{
    public AttributeControlType AttributeControlType
    {
        get => (AttributeControlType)AttributeControlTypeId;
        set => AttributeControlTypeId = (int)value;
    }

    public int AttributeControlTypeId { get; set; }
    public int DisplayOrder { get; set; }
    public bool IsRequired { get; set; }
    public string Name { get; set; }
}
