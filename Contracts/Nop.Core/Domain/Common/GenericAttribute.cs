namespace Nop.Core.Domain.Common;

/// <summary>A named value kept beside another row.</summary>
public class GenericAttribute : BaseEntity
{
    public DateTime? CreatedOrUpdatedDateUTC { get; set; }
    public int EntityId { get; set; }
    public string Key { get; set; }
    public string KeyGroup { get; set; }
    public int StoreId { get; set; }
    public string Value { get; set; }
}
