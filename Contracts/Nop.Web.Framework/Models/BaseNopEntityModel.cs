namespace Nop.Web.Framework.Models;

/// <summary>The model of a row.</summary>
public record BaseNopEntityModel : BaseNopModel
{
    public virtual int Id { get; set; }
}
