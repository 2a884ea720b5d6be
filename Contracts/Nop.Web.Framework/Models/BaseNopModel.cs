namespace Nop.Web.Framework.Models;

/// <summary>What the models of pages derive from. A record, so theirs must be records too.</summary>
public record BaseNopModel
{
    public BaseNopModel() => PostInitialize();

    public Dictionary<string, string> CustomProperties { get; set; } = [];

    protected virtual void PostInitialize()
    {
    }
}
