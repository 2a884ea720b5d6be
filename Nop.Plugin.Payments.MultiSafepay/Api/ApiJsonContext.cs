using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// The JSON of MultiSafepay's API, generated at compile time: snake case, nulls left out, and readers that take a value in every type it has been seen in.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(TolerantStringConverter),
        typeof(TolerantLongConverter),
        typeof(TolerantIntConverter),
        typeof(TolerantDecimalConverter),
        typeof(TolerantNullableDecimalConverter),
        typeof(TolerantBooleanConverter),
        typeof(TolerantNullableBooleanConverter)
    ])]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderUpdate))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(CaptureRequest))]
[JsonSerializable(typeof(Withdrawal))]
[JsonSerializable(typeof(CreatedOrder))]
[JsonSerializable(typeof(CreatedRefund))]
[JsonSerializable(typeof(CreatedCapture))]
[JsonSerializable(typeof(PaymentMethod))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Transaction))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
