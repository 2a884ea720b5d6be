using System.Globalization;
using System.Xml.Linq;
using Nop.Core.Domain.Orders;
using Nop.Services.Attributes;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Checkout attributes (gift wrapping) in the XML that nopCommerce keeps them in.</summary>
internal sealed class CheckoutAttributeParser(ShopDatabase database) : IAttributeParser<CheckoutAttribute, CheckoutAttributeValue>
{
    public static string ToXml(int attributeId, int valueId) =>
        new XElement("Attributes",
            new XElement("CheckoutAttribute", new XAttribute("ID", attributeId),
                new XElement("CheckoutAttributeValue", new XElement("Value", valueId)))).ToString(SaveOptions.DisableFormatting);

    public async Task<IList<CheckoutAttribute>> ParseAttributesAsync(string attributesXml)
    {
        var ids = Attributes(attributesXml).Select(IdOf).ToHashSet();
        return await database.ListAsync<CheckoutAttribute>(attribute => ids.Contains(attribute.Id));
    }

    public IList<string> ParseValues(string attributesXml, int attributeId) =>
        [.. Attributes(attributesXml).Where(element => IdOf(element) == attributeId).Descendants("Value").Select(value => value.Value)];

    public async IAsyncEnumerable<(CheckoutAttribute attribute, IAsyncEnumerable<CheckoutAttributeValue> values)> ParseAttributeValues(string attributesXml)
    {
        foreach (var attribute in await ParseAttributesAsync(attributesXml))
            yield return (attribute, ValuesAsync(attributesXml, attribute.Id));
    }

    private async IAsyncEnumerable<CheckoutAttributeValue> ValuesAsync(string attributesXml, int attributeId)
    {
        foreach (var text in ParseValues(attributesXml, attributeId))
        {
            if (int.TryParse(text, CultureInfo.InvariantCulture, out var id) && await database.FindAsync<CheckoutAttributeValue>(id) is { } value)
                yield return value;
        }
    }

    private static IEnumerable<XElement> Attributes(string? xml) => string.IsNullOrEmpty(xml) ? [] : XElement.Parse(xml).Elements("CheckoutAttribute");

    private static int IdOf(XElement element) => int.Parse(element.Attribute("ID")!.Value, CultureInfo.InvariantCulture);
}
