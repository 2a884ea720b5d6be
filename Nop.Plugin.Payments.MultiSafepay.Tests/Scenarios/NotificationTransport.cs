using System.Globalization;
using System.Net;
using System.Text;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>A notification on its way. MultiSafepay's side waits for the answer, and sends again by its own rule when there is none.</summary>
internal sealed class NotificationInTransit(Delivery delivery, HttpMethod method, Uri url, byte[] body, string? auth)
{
    private readonly TaskCompletionSource<HttpResponseMessage> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Delivery Delivery => delivery;

    public Task<HttpResponseMessage> Answer => _answer.Task;

    /// <summary>When MultiSafepay signed it.</summary>
    public DateTimeOffset? SignedAt => auth is not null && Encoding.ASCII.GetString(Convert.FromBase64String(auth)).Split(':') is [var seconds, _]
        ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture))
        : null;

    public HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(method, url) { Content = new ByteArrayContent(body) };
        if (auth is not null)
            request.Headers.Add("Auth", auth);
        return request;
    }

    public void Answered(HttpStatusCode status, string text) => _answer.TrySetResult(new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8) });

    public void Broken() => _answer.TrySetException(new HttpRequestException("The connection broke."));

    public override string ToString() => $"notification of {delivery.OrderId} ({delivery.Status}/{delivery.FinancialStatus})";
}

/// <summary>Holds the notifications that MultiSafepay has sent until the story lets them arrive.</summary>
internal sealed class NotificationTransport : HttpMessageHandler
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(5);
    private readonly List<NotificationInTransit> _notifications = [];
    private DateTimeOffset _since;

    /// <summary>What is on its way, in an order that does not depend on threads.</summary>
    public IReadOnlyList<NotificationInTransit> Pending
    {
        get
        {
            lock (_notifications)
                return [.. _notifications.OrderBy(notification => notification.Delivery.Created).ThenBy(notification => notification.Delivery.OrderId, StringComparer.Ordinal)
                    .ThenBy(notification => notification.Delivery.TransactionId)
                    .ThenBy(notification => notification.Delivery.Status, StringComparer.Ordinal)];
        }
    }

    /// <summary>Forgets what was sent before: another scenario begins.</summary>
    public void Forget(DateTimeOffset before)
    {
        List<NotificationInTransit> old;
        lock (_notifications)
        {
            _since = before;
            old = [.. _notifications];
            _notifications.Clear();
        }

        old.ForEach(notification => notification.Answered(HttpStatusCode.OK, "OK"));
    }

    public void Take(NotificationInTransit notification)
    {
        lock (_notifications)
            _notifications.Remove(notification);
    }

    /// <summary>Waits until every notification that is due is on its way: the simulator sends them from other threads.</summary>
    public async Task SettleAsync(Ledger ledger)
    {
        using var limit = new CancellationTokenSource(_timeout);
        for (var tries = 0; !IsSettled(ledger); tries++)
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException("The notifications do not come to rest.");
            if (tries < 50)
                await Task.Yield();
            else
                await Task.Delay(1, CancellationToken.None);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.TryGetValue(Notifier.DeliveryOption, out var delivery);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var notification = new NotificationInTransit(delivery!, request.Method, request.RequestUri!, body, request.Headers.TryGetValues("Auth", out var auth) ? auth.Single() : null);
        lock (_notifications)
        {
            if (delivery!.Created < _since)
                notification.Answered(HttpStatusCode.OK, "OK");
            else
                _notifications.Add(notification);
        }

        return await notification.Answer.WaitAsync(cancellationToken);
    }

    private bool IsSettled(Ledger ledger)
    {
        HashSet<Delivery> here;
        lock (_notifications)
            here = [.. _notifications.Select(notification => notification.Delivery)];
        lock (ledger.Gate)
            return ledger.Orders.All(order => Due(order, ledger.Now).All(here.Contains));
    }

    // One after the other, but for those that are late and those that are sent again.
    private static IEnumerable<Delivery> Due(SimulatedOrder order, DateTimeOffset now)
    {
        var first = order.Deliveries.FirstOrDefault(delivery => delivery.State == DeliveryState.Pending && delivery.Twist.Delay == TimeSpan.Zero);
        return order.Deliveries.Where(delivery => delivery.State switch
        {
            DeliveryState.Pending => delivery == first || (delivery.Twist.Delay > TimeSpan.Zero && delivery.Created + delivery.Twist.Delay <= now),
            DeliveryState.WaitingToResend => delivery.NextAttempt <= now,
            _ => false
        });
    }
}
