using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Attributes;

/// <summary>A possible answer to a question of the shop.</summary>
public abstract class BaseAttributeValue : BaseEntity, ILocalizedEntity
{
    public int AttributeId { get; set; }
    public int DisplayOrder { get; set; }
    public bool IsPreSelected { get; set; }
    public string Name { get; set; }
}
