using Nop.Core.Domain.Attributes;

namespace Nop.Core.Domain.Common;

/// <summary>A field that the owner has added to addresses.</summary>
public class AddressAttribute : BaseAttribute
{
}
