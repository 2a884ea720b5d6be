#if !NOP_500
using System.ComponentModel;

#endif
namespace Nop.Web.Framework.Mvc.ModelBinding;

/// <summary>Names a property by a text resource; the hint is the resource of the same name with ".Hint" after it. From 5.00 on the metadata of the model does not know of it.</summary>
[AttributeUsage(AttributeTargets.Property)]
#if NOP_500
public sealed class NopResourceDisplayNameAttribute(string resourceKey) : Attribute
#else
public sealed class NopResourceDisplayNameAttribute(string resourceKey) : DisplayNameAttribute(resourceKey)
#endif
{
    public string ResourceKey { get; set; } = resourceKey;
}
