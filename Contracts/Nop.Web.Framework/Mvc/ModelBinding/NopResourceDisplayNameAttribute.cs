using System.ComponentModel;

namespace Nop.Web.Framework.Mvc.ModelBinding;

/// <summary>Names a property by a text resource; the hint is the resource of the same name with ".Hint" after it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NopResourceDisplayNameAttribute(string resourceKey) : DisplayNameAttribute(resourceKey)
{
    public string ResourceKey { get; set; } = resourceKey;
}
