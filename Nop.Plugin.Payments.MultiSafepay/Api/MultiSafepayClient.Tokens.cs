using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

// The calls about stored payment details. Reference and token are in no log: who has them and an API key of the account can charge the customer.
public sealed partial class MultiSafepayClient
{
    /// <summary>The longest list of tokens that is read. No source; chosen.</summary>
    public const int MaxTokens = 500;

    // The documented default (OpenAPI description, paths/recurring); the largest number is not documented, and most customers have fewer.
    private const int TokensPerPage = 10;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PaymentToken>> GetTokensAsync(ApiCredentials credentials, string reference, CancellationToken cancellationToken)
    {
        var call = TokenCall("list the stored payment details", credentials, "recurring/-", [reference]);
        var path = Segment(reference) is { } customer ? "recurring/" + customer : null;
        var tokens = new List<PaymentToken>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        using var timeout = new CancellationTokenSource(ReadTimeout, time);
        for (var offset = 0; offset < MaxTokens;)
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"?limit={Math.Min(TokensPerPage, MaxTokens - offset)}&offset={offset}");
            var page = await FindAsync(() => SendAsync(call, HttpMethod.Get, path is null ? null : path + query, PaymentTokenReader.ReadList, timeout.Token, cancellationToken)) ?? [];
            var before = tokens.Count;
            tokens.AddRange(page.Where(token => token.Token.Length > 0 && known.Add(token.Token)));
            if (page.Count < TokensPerPage || tokens.Count == before)
                break;
            offset += page.Count;
        }

        return tokens.Count > MaxTokens ? tokens[..MaxTokens] : tokens;
    }

    /// <inheritdoc/>
    public Task<PaymentToken?> GetTokenAsync(ApiCredentials credentials, string reference, string token, CancellationToken cancellationToken) =>
        FindAsync(() => ReadAsync(
            TokenCall("read the stored payment details", credentials, "recurring/-/token/-", [reference, token]), TokenPath(reference, "token", token),
            data => PaymentTokenReader.Read(data) ?? throw new JsonException("There is no token."), cancellationToken));

    /// <inheritdoc/>
    public Task UpdateTokenAsync(ApiCredentials credentials, string reference, string token, string expiryDate, CancellationToken cancellationToken)
    {
        if (!PaymentToken.IsExpiryDate(expiryDate))
            throw new ArgumentException("An expiry date is a month as YYMM.", nameof(expiryDate));

        var call = TokenCall("update the stored payment details", credentials, "recurring/-/update/-", [reference, token], JsonBody.From(new TokenUpdate(expiryDate)));
        return WriteAsync(call, HttpMethod.Patch, TokenPath(reference, "update", token), _ => true, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveTokenAsync(ApiCredentials credentials, string reference, string token, CancellationToken cancellationToken)
    {
        var call = TokenCall("remove the stored payment details", credentials, "recurring/-/remove/-", [reference, token], JsonBody.Empty());
        var removal = await FindAsync(() => WriteAsync(call, HttpMethod.Delete, TokenPath(reference, "remove", token), ReadRemoval, cancellationToken));
        return removal is { Removed: not false };
    }

    private static ApiCall TokenCall(string purpose, ApiCredentials credentials, string shownPath, string[] secrets, JsonBody? body = null) =>
        new(purpose, credentials, body) { ShownPath = shownPath, Secrets = secrets, UnknownId = MultiSafepayErrorCodes.General };

    private static string? TokenPath(string reference, string action, string token) =>
        Segment(reference) is { } customer && Segment(token) is { } id ? $"recurring/{customer}/{action}/{id}" : null;

    // It has been removed, so a field that is missing in the answer must not make it fail.
    private static Removal ReadRemoval(JsonElement data) => data.ValueKind == JsonValueKind.Object ? Read<Removal>(data) : new Removal(null);

    /// <summary>The result of a call; null if MultiSafepay does not know the customer or the token (OpenAPI description, paths/recurring: 404 or 410).</summary>
    private static async Task<T?> FindAsync<T>(Func<Task<T>> call) where T : class
    {
        try
        {
            return await call();
        }
        catch (MultiSafepayApiException exception) when (
            exception is { Code: MultiSafepayErrorCodes.General, HttpStatus: null or HttpStatusCode.NotFound or HttpStatusCode.Gone })
        {
            // Without a status it was not sent, because the id cannot be part of an address, and so is of nothing that is known.
            return null;
        }
    }

    private sealed record TokenUpdate(string ExpiryDate);

    private sealed record Removal(bool? Removed);
}
