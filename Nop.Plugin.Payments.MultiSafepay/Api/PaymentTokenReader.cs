using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>Reads tokens. The API description and the SDKs call the field of the model <c>model</c>, the description's example <c>recurring_model</c>; both are read.</summary>
internal static class PaymentTokenReader
{
    /// <summary>Reads one token; null if there is none.</summary>
    public static PaymentToken? Read(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.Deserialize<Message>(ApiJson.Options)?.ToToken() is { Token.Length: > 0 } token ? token : null;

    /// <summary>Reads a list of tokens. One without an id is in it, so that the list is as long as MultiSafepay's.</summary>
    /// <exception cref="JsonException">The tokens are neither a list nor missing.</exception>
    public static IReadOnlyList<PaymentToken> ReadList(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("tokens", out var tokens) || tokens.ValueKind == JsonValueKind.Null)
        {
            // PHP writes an empty object as an empty list.
            return data.ValueKind == JsonValueKind.Object || (data.ValueKind == JsonValueKind.Array && data.GetArrayLength() == 0)
                ? []
                : throw new JsonException("There is no list of tokens.");
        }

        if (tokens.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
            throw new JsonException("The tokens are no list.");
        return [.. data.Deserialize<List>(ApiJson.Options)!.Tokens.Select(message => message.ToToken())];
    }

    private sealed record List
    {
        [JsonConverter(typeof(TolerantListConverter<Message>))]
        public IReadOnlyList<Message> Tokens { get; init; } = [];
    }

    private sealed record Message
    {
        public string? Token { get; init; }

        public string? Code { get; init; }

        public string? Display { get; init; }

        public string? ExpiryDate { get; init; }

        public bool Expired { get; init; }

        public string? Last4 { get; init; }

        public string? Model { get; init; }

        public string? RecurringModel { get; init; }

        public PaymentToken ToToken() => new()
        {
            Token = Token?.Trim()!,
            Code = Code,
            Display = Display,
            ExpiryDate = ExpiryDate,
            IsExpired = Expired,
            Last4 = Last4,
            Model = string.IsNullOrEmpty(Model) ? RecurringModel : Model
        };
    }
}
