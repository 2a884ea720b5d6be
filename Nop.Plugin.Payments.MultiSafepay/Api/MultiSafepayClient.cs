using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// <see cref="IMultiSafepayClient"/> over HTTP. Register it as a typed client and pass its primary handler through <see cref="ConfigureHandler"/>.
/// </summary>
/// <remarks>
/// A read takes at most <see cref="ReadTimeout"/>, including its retry, and a write at most <see cref="WriteTimeout"/>, regardless of the timeout of the
/// <see cref="HttpClient"/>. Writes are never retried.
/// </remarks>
/// <param name="http">Sends the calls. It is not changed, and no header is left on it.</param>
/// <param name="endpoints">The base addresses of the API.</param>
/// <param name="time">The clock for the timeouts.</param>
public sealed partial class MultiSafepayClient(HttpClient http, ApiEndpoints endpoints, TimeProvider time) : IMultiSafepayClient
{
    /// <summary>The header that carries the API key.</summary>
    public const string ApiKeyHeader = "api_key";

    /// <summary>The timeout of a read. No source; chosen.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The timeout of a write. No source; chosen.</summary>
    public static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(20);

    private const int MinBackoffMilliseconds = 150;
    private const int MaxBackoffMilliseconds = 450;

    /// <summary>
    /// Makes a primary handler safe for API keys: no redirects, because .NET repeats custom headers to wherever an answer points, another host included;
    /// and no cookies. nopCommerce's <c>WithProxy()</c> puts a handler with redirects in place, so call this after it:
    /// <c>builder.ConfigurePrimaryHttpMessageHandler((handler, _) => MultiSafepayClient.ConfigureHandler(handler))</c>.
    /// </summary>
    /// <param name="handler">An <see cref="HttpClientHandler"/> or a <see cref="SocketsHttpHandler"/>, possibly inside delegating handlers; a handler of another kind is left as it is.</param>
    public static void ConfigureHandler(HttpMessageHandler handler)
    {
        switch (handler)
        {
            case HttpClientHandler client:
                client.AllowAutoRedirect = false;
                client.UseCookies = false;
                break;
            case SocketsHttpHandler sockets:
                sockets.AllowAutoRedirect = false;
                sockets.UseCookies = false;
                break;
            case DelegatingHandler { InnerHandler: { } inner }:
                ConfigureHandler(inner);
                break;
        }
    }

    /// <inheritdoc/>
    public Task<CreatedOrder> CreateOrderAsync(ApiCredentials credentials, OrderRequest order, CancellationToken cancellationToken) =>
        WriteAsync(
            new ApiCall("create the order", credentials, order.AdditionalFields is null ? JsonBody.From(order) : JsonBody.From(AdditionalFields.Merge(order)))
            {
                Secrets = order.RecurringModel is null ? [] : [order.RecurringId, order.Customer?.Reference]
            },
            HttpMethod.Post, "orders", data => ReadCreatedOrder(data, order), cancellationToken);

    /// <inheritdoc/>
    public Task<Transaction> GetOrderAsync(ApiCredentials credentials, string orderId, CancellationToken cancellationToken) =>
        ReadAsync(new ApiCall("read the order", credentials, null), OrderPath(orderId), ReadTransaction, cancellationToken);

    /// <inheritdoc/>
    public Task<UpdatedOrder> UpdateOrderAsync(ApiCredentials credentials, string orderId, OrderUpdate update, CancellationToken cancellationToken) =>
        WriteAsync(new ApiCall("update the order", credentials, JsonBody.From(update)), HttpMethod.Patch, OrderPath(orderId), ReadUpdatedOrder, cancellationToken);

    /// <inheritdoc/>
    public Task<CreatedRefund> RefundAsync(ApiCredentials credentials, string orderId, RefundRequest refund, CancellationToken cancellationToken)
    {
        if (refund.CheckoutData is null ? refund.Amount is not > 0 : refund.CheckoutData.Items.Count == 0)
            throw new ArgumentException("A refund needs a positive amount or items: MultiSafepay would refund the whole order.", nameof(refund));

        var call = new ApiCall("refund the order", credentials, JsonBody.From(refund));
        return WriteAsync(call, HttpMethod.Post, OrderPath(orderId) is { } path ? path + "/refunds" : null, ReadCreatedRefund, cancellationToken);
    }

    /// <inheritdoc/>
    public Task WithdrawRefundAsync(ApiCredentials credentials, string orderId, string refundId, CancellationToken cancellationToken)
    {
        var path = Segment(refundId) is { } refund && OrderPath(orderId) is { } order ? $"{order}/refunds/{refund}" : null;
        return WriteAsync(new ApiCall("withdraw the refund", credentials, JsonBody.From(new Withdrawal(TransactionStatus.Void))), HttpMethod.Patch, path, _ => true, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CreatedCapture> CaptureAsync(ApiCredentials credentials, string orderId, CaptureRequest capture, CancellationToken cancellationToken)
    {
        if (capture.Amount <= 0)
            throw new ArgumentException("A capture needs a positive amount.", nameof(capture));

        var call = new ApiCall("capture the payment", credentials, JsonBody.From(capture));
        return WriteAsync(call, HttpMethod.Post, OrderPath(orderId) is { } path ? path + "/capture" : null, ReadCreatedCapture, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(ApiCredentials credentials, string orderId, string reason, CancellationToken cancellationToken) =>
        WriteAsync(new ApiCall("give back the authorisation", credentials, JsonBody.From(new Withdrawal(TransactionStatus.Cancelled, reason))), HttpMethod.Patch,
            Segment(orderId) is { } id ? "capture/" + id : null, _ => true, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PaymentMethod>> GetPaymentMethodsAsync(ApiCredentials credentials, PaymentMethodQuery query, CancellationToken cancellationToken) =>
        ReadOnceAsync(new ApiCall("list the payment methods", credentials, null), "payment-methods" + QueryString(query), ReadPaymentMethods, cancellationToken);

    /// <inheritdoc/>
    public Task<Account> GetAccountAsync(ApiCredentials credentials, CancellationToken cancellationToken) =>
        ReadAsync(new ApiCall("name the account", credentials, null), "me", data => Read<Account>(data), cancellationToken);

    private async Task<T> ReadAsync<T>(ApiCall call, string? path, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ReadTimeout, time);
        try
        {
            return await SendAsync(call, HttpMethod.Get, path, read, timeout.Token, cancellationToken);
        }
        catch (MultiSafepayApiException exception) when (exception.IsTransient && !timeout.IsCancellationRequested)
        {
            await DelayAsync(timeout.Token, cancellationToken);
            if (timeout.IsCancellationRequested)
                throw;

            return await SendAsync(call, HttpMethod.Get, path, read, timeout.Token, cancellationToken);
        }
    }

    // For a read that is made again soon in any case, and for which a customer may be waiting.
    private async Task<T> ReadOnceAsync<T>(ApiCall call, string path, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ReadTimeout, time);
        return await SendAsync(call, HttpMethod.Get, path, read, timeout.Token, cancellationToken);
    }

    private async Task<T> WriteAsync<T>(ApiCall call, HttpMethod method, string? path, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(WriteTimeout, time);
        return await SendAsync(call, method, path, read, timeout.Token, cancellationToken);
    }

    private async Task<T> SendAsync<T>(ApiCall call, HttpMethod method, string? path, Func<JsonElement, T> read, CancellationToken timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var (value, status) = await ExchangeAsync(call, method, path, read, timeout, cancellationToken);
            await TraceAsync(status, null, succeeded: true);
            return value;
        }
        catch (MultiSafepayApiException exception)
        {
            await TraceAsync(exception.HttpStatus, exception.Code, succeeded: false);
            throw;
        }

        Task TraceAsync(HttpStatusCode? status, int? code, bool succeeded) => call.Credentials.Trace is { } trace
            ? trace(new ApiExchange(method.Method, call.ShownPath ?? path?.Split('?')[0] ?? "-", status, code, succeeded, time.GetElapsedTime(started)))
            : Task.CompletedTask;
    }

    private async Task<(T Value, HttpStatusCode Status)> ExchangeAsync<T>(
        ApiCall call, HttpMethod method, string? path, Func<JsonElement, T> read, CancellationToken timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (path is null)
            throw call.NotSent(call.UnknownId, "the id cannot be part of an address");
        if (!IsApiKey(call.Credentials.ApiKey))
            throw call.NotSent(MultiSafepayErrorCodes.ApiKey, "the API key is empty or has characters that no key has");

        using var request = new HttpRequestMessage(method, new Uri(endpoints.For(call.Credentials.Environment), path)) { Content = call.Body };
        request.Headers.Add(ApiKeyHeader, call.Credentials.ApiKey);
        request.Headers.Accept.ParseAdd("application/json");
        if (call.ShownPath is { } shownPath)
            ApiRequest.Hide(request, shownPath);
        var asked = request.RequestUri;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (request.RequestUri != asked || (int)response.StatusCode is >= 300 and < 400)
                throw call.Unreadable(response.StatusCode, "the answer is a redirect, which is not followed");

            var body = await ApiResponseReader.ReadBodyAsync(response.Content, either.Token) ?? throw call.Unreadable(response.StatusCode, "the answer is too long");
            return (ApiResponseReader.Open(call, response.StatusCode, body, read), response.StatusCode);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw call.Unanswered("it did not answer in time", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw call.Unanswered("the connection failed", exception);
        }
    }

    /// <summary>Waits for a short random time, so that many shops do not retry at the same moment. Returns early, without an error, on timeout.</summary>
    private async Task DelayAsync(CancellationToken timeout, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout, cancellationToken);
        var pause = TimeSpan.FromMilliseconds(Random.Shared.Next(MinBackoffMilliseconds, MaxBackoffMilliseconds + 1));
        await Task.Delay(pause, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private CreatedOrder ReadCreatedOrder(JsonElement data, OrderRequest request)
    {
        var order = Read<CreatedOrder>(data);
        order = order with { Transaction = CreatedTransaction(data) };
        var isUsable = Uri.TryCreate(order.PaymentUrl, UriKind.Absolute, out var url)
            && url.UserInfo.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (endpoints.IsDevelopment && url.Scheme == Uri.UriSchemeHttp));
        if (isUsable)
            return order;

        // The money may have been taken: what became of the payment is worth more than a page that nobody can be sent to.
        return order.Transaction is not null && request is { Type: OrderType.Direct, RecurringId: not null }
            ? order with { PaymentUrl = string.Empty }
            : throw new JsonException("There is no address of a payment page.");
    }

    private static Transaction? CreatedTransaction(JsonElement data)
    {
        if (!data.TryGetProperty("status", out _))
            return null;

        try
        {
            return ReadTransaction(data) is { Status.Length: > 0 } transaction ? transaction : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Transaction ReadTransaction(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object ? Transaction.Parse(JsonMarshal.GetRawUtf8Value(data)) : throw new JsonException("There is no data.");

    // The refund has been made, so a field that is missing in the answer must not make it fail.
    private static CreatedRefund ReadCreatedRefund(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object ? Read<CreatedRefund>(data) : new CreatedRefund();

    private static CreatedCapture ReadCreatedCapture(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object ? Read<CreatedCapture>(data) : new CreatedCapture();

    private static UpdatedOrder ReadUpdatedOrder(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object ? Read<UpdatedOrder>(data) : new UpdatedOrder();

    private static IReadOnlyList<PaymentMethod> ReadPaymentMethods(JsonElement data) =>
        data.ValueKind != JsonValueKind.Array
            ? throw new JsonException("There is no list of payment methods.")
            : [.. data.EnumerateArray()
                .Where(element => element.ValueKind == JsonValueKind.Object)
                .Select(element => Read<PaymentMethod>(element))
                .Where(method => !string.IsNullOrWhiteSpace(method.Id))];

    private static T Read<T>(JsonElement data) where T : class =>
        data.ValueKind == JsonValueKind.Object && data.Deserialize<T>(ApiJson.Options) is { } value ? value : throw new JsonException("There is no data.");

    /// <summary>The path of an order; null for an id that a URL would not preserve.</summary>
    private static string? OrderPath(string orderId) => Segment(orderId) is { } id ? "orders/" + id : null;

    private static string? Segment(string id) => string.IsNullOrWhiteSpace(id) || id is "." or ".." ? null : Uri.EscapeDataString(id);

    // Printable ASCII, which is what a header can carry. Anything else is not an API key.
    private static bool IsApiKey(string key) => key.Length > 0 && !key.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static string QueryString(PaymentMethodQuery query)
    {
        (string Name, string? Value)[] parameters =
        [
            ("country", query.Country),
            ("currency", query.Currency),
            ("amount", query.Amount?.ToString(CultureInfo.InvariantCulture)),
            ("locale", query.Locale),
            ("group_cards", Flag(query.GroupCards)),
            ("include_coupons", Flag(query.IncludeCoupons))
        ];
        var given = parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Value)).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}");
        var joined = string.Join('&', given);
        return joined.Length == 0 ? string.Empty : "?" + joined;
    }

    private static string? Flag(bool? value) => value switch { true => "1", false => "0", null => null };
}
