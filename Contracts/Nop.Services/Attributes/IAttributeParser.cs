using Nop.Core.Domain.Attributes;

namespace Nop.Services.Attributes;

/// <summary>Reads the answers that a cart or an order keeps as XML.</summary>
public interface IAttributeParser<TAttribute, TAttributeValue>
    where TAttribute : BaseAttribute
    where TAttributeValue : BaseAttributeValue
{
    IAsyncEnumerable<(TAttribute attribute, IAsyncEnumerable<TAttributeValue> values)> ParseAttributeValues(string attributesXml);
    Task<IList<TAttribute>> ParseAttributesAsync(string attributesXml);
    IList<string> ParseValues(string attributesXml, int attributeId);
}
