using CsCheck;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security.Fuzzing;

/// <summary>Makes inputs: mostly notifications that are almost right, since noise gets no further than the signature.</summary>
internal static class FuzzGen
{
    public const string Door = "/multisafepay/notification/1";

    private static readonly Gen<string> _text = Gen.Frequency(
        (3, Gen.String[Gen.Char.AlphaNumeric, 0, 20]),
        (2, Gen.String[0, 40]),
        (1, Gen.String[Gen.Char[' ', '~'], 0, 300]),
        (1, Gen.OneOf("", "pretransaction", "PRETRANSACTION ", "POST", "gzip", "chunked", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "'", "<script>", "%00", "../..",
            "\u00e9", "-1", "1")));

    private static readonly Gen<(string, string)> _query = Gen.Select(Gen.OneOf("transactionid", "payload_type", "timestamp", "storeId", "storeid", "_method", "orderGuid", "x"), _text);

    // What HTTP cannot carry in a header never reaches the shop.
    private static readonly Gen<(string, string)> _header = Gen.Select(
        Gen.OneOf("Content-Type", "Content-Encoding", "X-HTTP-Method-Override", "X-Requested-With", "Cookie", "Authorization", "Accept", "X-Forwarded-For", "Expect", "Auth"),
        _text.Select(text => string.Concat(text.Where(character => character is >= ' ' and <= '~'))));

    private static readonly Gen<JsonEdit> _jsonEdit = Gen.Select(Gen.Int[0, 200], Gen.Enum<JsonEditKind>(), Gen.Int[0, 500], (where, kind, value) => new JsonEdit(where, kind, value));

    private static readonly Gen<ByteEdit> _byteEdit = Gen.Select(Gen.Int[0, 2000], Gen.Frequency((4, Gen.Int[0, 2]), (1, Gen.Int[0, 2000])), Gen.Byte.Array[0, 4],
        (where, cut, insert) => new ByteEdit(where, cut, insert));

    private static readonly Gen<string> _method = Gen.Frequency((60, Gen.Const("POST")), (4, Gen.Const("GET")), (1, Gen.OneOf("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")));

    private static readonly Gen<string> _path = Gen.Frequency(
        (40, Gen.Const(Door)),
        (2, Gen.OneOf("/multisafepay/notification/2", "/multisafepay/notification/0", "/multisafepay/notification/-1", "/multisafepay/notification/001", "/multisafepay/notification/2147483648",
            "/MULTISAFEPAY/Notification/1")),
        (1, _text.Select(text => "/multisafepay/notification/" + text)),
        (1, _text.Select(text => "/multisafepay/return/" + text)));

    private static readonly Gen<FuzzSignature> _signature = Gen.Frequency((14, Gen.Const(FuzzSignature.Genuine)), (6, Gen.Enum<FuzzSignature>()));

    private static readonly Gen<int> _age = Gen.Frequency((12, Gen.Int[-600, 600]), (1, Gen.OneOf(-601, 601, int.MaxValue, int.MinValue, 86_400)));

    private static readonly Gen<int> _padding = Gen.Frequency((2000, Gen.Const(0)),
        (1, Gen.OneOf(100_000, MultiSafepayDefaults.MaxNotificationBytes - 100, MultiSafepayDefaults.MaxNotificationBytes + 1)));

    private static readonly Gen<FuzzInput> _input =
        Gen.Select(Gen.Select(_method, _path, Few(_query, 2), Few(_header, 2)), Gen.Select(Gen.Int[0, 200], Few(_jsonEdit, 3), Few(_byteEdit, 2)), Gen.Select(_signature, _age, _text, _padding),
            (request, body, signature) => new FuzzInput(
                request.Item1, request.Item2, request.Item3, request.Item4, body.Item1, body.Item2, body.Item3, signature.Item1, signature.Item2, signature.Item3, signature.Item4));

    /// <summary>What befalls one order: how MultiSafepay itself has it, and the requests that come in.</summary>
    public static Gen<(string? ApiStatus, FuzzInput[] Inputs)> Order { get; } =
        Gen.Select(Gen.Frequency((8, Gen.Const((string?)null)), (1, Gen.OneOf<string?>("completed", "declined", "expired", "uncleared", "cancelled"))), _input.Array[1, 19]);

    // Mostly none: one change that gets through says more than five that stop at the first.
    private static Gen<T[]> Few<T>(Gen<T> of, int most) => Gen.Frequency((2, Gen.Const(Array.Empty<T>())), (2, of.Array[1, 1]), (1, of.Array[0, most]));
}
