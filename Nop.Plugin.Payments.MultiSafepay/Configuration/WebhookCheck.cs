using System.Globalization;
using System.Text;
using System.Text.Json;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>
/// Sends a signed test notification from the shop to its own public address, as MultiSafepay would, and explains the answer. The notification reports a payment page
/// that was opened and abandoned, which changes nothing. The HTTP handler must not follow redirects.
/// </summary>
public class WebhookCheck(HttpClient http, StoreSettings storeSettings, ShopUrls shopUrls, ConfigurationTexts texts, TimeProvider timeProvider)
{
    private const int MaxAnswerBytes = 1024;
    private const string TestOrderId = "connection-test";

    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    /// <summary>Tests the notification URL of a store.</summary>
    public async Task<CheckResult> RunAsync(Store store, CancellationToken cancellationToken)
    {
        var settings = await storeSettings.ForStoreAsync(store.Id);
        var url = ShopUrls.Notification(store, settings);
        if (shopUrls.Check(url) is [var problem, ..])
            return new CheckResult(CheckState.Bad, await texts.TextAsync($"UrlProblem.{problem}"));
        if (storeSettings.Credentials(settings, settings.Environment) is not { } credentials)
            return new CheckResult(CheckState.Bad, await texts.TextAsync("Webhook.NoKey"));

        var (outcome, detail) = await SendAsync(new Uri(url), credentials, cancellationToken);
        return new CheckResult(outcome == WebhookOutcome.Ok ? CheckState.Good : CheckState.Bad, await texts.FormatAsync($"Webhook.{outcome}", detail));
    }

    private async Task<(WebhookOutcome Outcome, string Detail)> SendAsync(Uri url, ApiCredentials credentials, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["order_id"] = TestOrderId, ["status"] = TransactionStatus.Cancelled });
        var query = string.Create(CultureInfo.InvariantCulture, $"?transactionid={TestOrderId}&timestamp={now.ToUnixTimeSeconds()}&payload_type=pretransaction");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, query)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(NotificationSignature.HeaderName, NotificationSignature.CreateHeader(body, credentials.ApiKey, now));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var location = answer.Headers.Location;
            var outcome = WebhookOutcomes.From(url, answer.StatusCode, location, await BeginningAsync(answer, limit.Token));
            return (outcome, location is null ? ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture) : Address(new Uri(url, location)));
        }
        catch (HttpRequestException exception)
        {
            return (WebhookOutcomes.From(exception.HttpRequestError), url.Host);
        }
        catch (Exception exception) when (exception is IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (WebhookOutcome.Unreachable, url.Host);
        }
    }

    private static string Address(Uri target) => target.GetLeftPart(UriPartial.Path);

    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxAnswerBytes];
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var length = await stream.ReadAtLeastAsync(buffer, MaxAnswerBytes, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
