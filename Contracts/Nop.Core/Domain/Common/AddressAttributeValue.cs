using Nop.Core.Domain.Attributes;

namespace Nop.Core.Domain.Common;

/// <summary>A choice that a customer has in such a field.</summary>
public class AddressAttributeValue : BaseAttributeValue
{
}
