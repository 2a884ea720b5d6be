using System.Globalization;
using System.Xml.Linq;
using Nop.Core.Domain.Attributes;
using Nop.Services.Attributes;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Attributes of a checkout (gift wrapping) or an address in the XML that nopCommerce keeps them in; its elements are named after the types.</summary>
internal sealed class AttributeParser<TAttribute, TAttributeValue>(ShopDatabase database) : IAttributeParser<TAttribute, TAttributeValue>
    where TAttribute : BaseAttribute, new()
    where TAttributeValue : BaseAttributeValue, new()
{
    /// <summary>The XML of what was chosen: the id of each attribute, with the id of the chosen value or the entered text.</summary>
    public static string ToXml(IEnumerable<(int AttributeId, string Value)> chosen) =>
        new XElement("Attributes", chosen.Select(one => new XElement(typeof(TAttribute).Name, new XAttribute("ID", one.AttributeId),
            new XElement(typeof(TAttributeValue).Name, new XElement("Value", one.Value))))).ToString(SaveOptions.DisableFormatting);

    public async Task<IList<TAttribute>> ParseAttributesAsync(string attributesXml)
    {
        var ids = Attributes(attributesXml).Select(IdOf).ToHashSet();
        return await database.ListAsync<TAttribute>(attribute => ids.Contains(attribute.Id));
    }

    public IList<string> ParseValues(string attributesXml, int attributeId) =>
        [.. Attributes(attributesXml).Where(element => IdOf(element) == attributeId).Descendants("Value").Select(value => value.Value)];

    public async IAsyncEnumerable<(TAttribute attribute, IAsyncEnumerable<TAttributeValue> values)> ParseAttributeValues(string attributesXml)
    {
        foreach (var attribute in await ParseAttributesAsync(attributesXml))
            yield return (attribute, ValuesAsync(attributesXml, attribute.Id));
    }

    private async IAsyncEnumerable<TAttributeValue> ValuesAsync(string attributesXml, int attributeId)
    {
        foreach (var text in ParseValues(attributesXml, attributeId))
        {
            if (int.TryParse(text, CultureInfo.InvariantCulture, out var id) && await database.FindAsync<TAttributeValue>(id) is { } value)
                yield return value;
        }
    }

    private static IEnumerable<XElement> Attributes(string? xml) =>
        string.IsNullOrEmpty(xml) ? [] : XElement.Parse(xml).Elements(typeof(TAttribute).Name);

    private static int IdOf(XElement element) => int.Parse(element.Attribute("ID")!.Value, CultureInfo.InvariantCulture);
}
