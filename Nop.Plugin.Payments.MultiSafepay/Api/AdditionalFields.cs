using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>Adds the fields of <see cref="OrderRequest.AdditionalFields"/> to a request.</summary>
internal static class AdditionalFields
{
    /// <summary>
    /// The request as JSON, with the additional fields. They change nothing that is in the request: a field that <see cref="OrderRequest"/> has a property for is ignored, unless it is an
    /// object, of which the members that the request lacks are added.
    /// </summary>
    /// <param name="order">The request.</param>
    public static JsonObject Merge(OrderRequest order)
    {
        var json = JsonSerializer.SerializeToNode(order, ApiJson.Options)!.AsObject();
        var known = ApiJson.Options.GetTypeInfo(typeof(OrderRequest)).Properties.Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        AddTo(json, order.AdditionalFields ?? [], known);
        return json;
    }

    private static void AddTo(JsonObject present, JsonObject more, HashSet<string> reserved)
    {
        foreach (var (name, value) in more)
        {
            if (present[name] is JsonObject inner && value is JsonObject moreInner)
                AddTo(inner, moreInner, []);
            else if (!present.ContainsKey(name) && !reserved.Contains(name))
                present[name] = value?.DeepClone();
        }
    }
}
