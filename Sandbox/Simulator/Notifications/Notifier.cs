using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Notifications;

/// <summary>
/// Brings notifications to the shop: in the order they arose for each order, signed anew at every attempt, again after the resend interval
/// until the shop acknowledges or the attempts are used up.
/// </summary>
public sealed partial class Notifier : IHostedService, IDisposable
{
    /// <summary>Where a notification's request carries what it delivers, for a handler of one's own.</summary>
    public static readonly HttpRequestOptionsKey<Delivery> DeliveryOption = new(nameof(Delivery));

    private const int AnswerLength = 100;
    private readonly SimulatorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Notifier> _logger;
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConditionalWeakTable<SimulatedOrder, Queue> _queues = [];

    public Notifier(SimulatorOptions options, TimeProvider time, ILogger<Notifier> logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _http = new(options.NotificationHandler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsTrusted },
        })
        {
            Timeout = options.NotificationTimeout,
        };
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    /// <summary>Queues the first attempt behind the order's earlier ones. Returns at once.</summary>
    public void Send(SimulatedOrder order, Delivery delivery)
    {
        if (Obstacle(delivery) is { } obstacle)
        {
            delivery.End(DeliveryState.NotSent, obstacle);
            return;
        }

        if (delivery.Twist.Delay > TimeSpan.Zero)
        {
            // Late, and nothing waits for it: later notifications overtake it.
            _ = RunAsync(Task.Delay(delivery.Twist.Delay, _time, _stopping.Token), delivery);
            return;
        }

        var queue = _queues.GetOrCreateValue(order);
        lock (queue)
            queue.Last = RunAsync(queue.Last, delivery);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _http.Dispose();
    }

    private string? Obstacle(Delivery delivery)
    {
        if (delivery.Twist.IsLost)
            return "Lost on the way, by a fault.";
        if (delivery.Url is null)
            return "Neither the order nor its site has a notification_url.";
        if (_options.NotifyAnywhere || new Uri(delivery.Url).IsLoopback)
            return null;
        return "Only addresses of this machine are notified (--notify-anywhere changes that).";
    }

    private async Task RunAsync(Task previous, Delivery delivery)
    {
        var resend = Task.CompletedTask;
        try
        {
            // The caller holds the ledger's lock: continue on another thread.
            await Task.Yield();
            await previous;
            resend = await AttemptAsync(delivery, 1);
        }
        catch (OperationCanceledException)
        {
            delivery.End(DeliveryState.GivenUp);
        }

        // Resends are not awaited by the order's next notification: in the real world they too arrive after it.
        if (delivery.State == DeliveryState.WaitingToResend)
            _ = ResendAsync(delivery, resend);
    }

    private async Task ResendAsync(Delivery delivery, Task time)
    {
        try
        {
            for (var number = 2; delivery.State == DeliveryState.WaitingToResend; number++)
            {
                await time;
                time = await AttemptAsync(delivery, number);
            }
        }
        catch (OperationCanceledException)
        {
            delivery.End(DeliveryState.GivenUp);
        }
    }

    // Answers the time of the next attempt. It is waited for from before the state says so: whoever reads the state may move the clock.
    private async Task<Task> AttemptAsync(Delivery delivery, int number)
    {
        var at = _time.GetUtcNow();
        var copies = await Task.WhenAll(Enumerable.Range(0, delivery.Twist.Copies).Select(_ => CallAsync(delivery, number)));

        // A forgery is sent once: nobody would resend it.
        var state = Array.Exists(copies, copy => copy.Acknowledged) ? DeliveryState.Acknowledged
            : number > _options.Resends || delivery.Twist.IsForged ? DeliveryState.GivenUp
            : DeliveryState.WaitingToResend;
        var next = at + _options.ResendInterval;
        var wait = next - _time.GetUtcNow();
        var resend = state == DeliveryState.WaitingToResend && wait > TimeSpan.Zero ? Task.Delay(wait, _time, _stopping.Token) : Task.CompletedTask;
        delivery.Record(copies, state, next);
        return resend;
    }

    private async Task<DeliveryAttempt> CallAsync(Delivery delivery, int number)
    {
        var now = _time.GetUtcNow();
        var timestamp = (now - delivery.Twist.Age).ToUnixTimeSeconds();
        var watch = Stopwatch.StartNew();
        try
        {
            using var request = CreateRequest(delivery, timestamp);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stopping.Token);
            var answer = await ReadStartAsync(response);
            var acknowledged = response.StatusCode == HttpStatusCode.OK && Acknowledgement().IsMatch(answer);
            return new(number, now, timestamp, (int)response.StatusCode, answer, watch.Elapsed, acknowledged);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested && exception is HttpRequestException or IOException or TaskCanceledException)
        {
            _logger.LogWarning("Notification of order {OrderId} failed: {Reason}", delivery.OrderId, exception.Message);
            return new(number, now, timestamp, 0, Cut(exception.Message), watch.Elapsed, Acknowledged: false);
        }
    }

    private static HttpRequestMessage CreateRequest(Delivery delivery, long timestamp)
    {
        var query = $"?transactionid={Uri.EscapeDataString(delivery.OrderId)}&timestamp={timestamp.ToString(CultureInfo.InvariantCulture)}"
            + (delivery.IsPretransaction ? "&payload_type=pretransaction" : "");
        var request = new HttpRequestMessage(new HttpMethod(delivery.Method), delivery.Url + query);
        request.Options.Set(DeliveryOption, delivery);
        request.Headers.UserAgent.ParseAdd("MultiSafepay-Simulator/1.0");
        if (delivery.Method == "GET")
            return request;

        var twist = delivery.Twist;
        var body = delivery.Body.ToArray();
        var key = twist.WrongKey ? "not-the-key-of-this-site" : delivery.ApiKey;
        if (!twist.NoSignature)
            request.Headers.Add("Auth", Signature.AuthHeader(body, key, timestamp));
        request.Content = new ByteArrayContent(twist.AlteredBody ? Alter(body) : body);
        request.Content.Headers.ContentType = new("application/json");
        return request;
    }

    // What a thief would write: paid, and by one cent more.
    private static byte[] Alter(byte[] body)
    {
        var order = System.Text.Json.Nodes.JsonNode.Parse(body)!.AsObject();
        order["status"] = Status.Completed;
        order["financial_status"] = Status.Completed;
        order["amount"] = order["amount"]!.GetValue<long>() + 1;
        return Json.Utf8(order);
    }

    private async Task<string> ReadStartAsync(HttpResponseMessage response)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(_stopping.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var buffer = new char[AnswerLength];
        var read = await reader.ReadBlockAsync(buffer, _stopping.Token);
        return new string(buffer, 0, read);
    }

    private static string Cut(string text) => text.Length <= AnswerLength ? text : text[..AnswerLength];

    // A development certificate on this machine need not be trusted by the machine.
    private static bool IsTrusted(
        object sender,
        System.Security.Cryptography.X509Certificates.X509Certificate? certificate,
        System.Security.Cryptography.X509Certificates.X509Chain? chain,
        SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None || sender is SslStream { TargetHostName: "localhost" or "127.0.0.1" };

    [GeneratedRegex(@"\b(MULTISAFEPAY_)?OK\b")]
    private static partial Regex Acknowledgement();

    private sealed class Queue
    {
        public Task Last { get; set; } = Task.CompletedTask;
    }
}
