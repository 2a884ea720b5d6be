using System.Globalization;
using System.Net;
using System.Text;
using Sandbox.Simulator.Books;
using Sandbox.Simulator.Notifications;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>A notification on its way. MultiSafepay's side waits for the answer, and sends again by its own rule when there is none.</summary>
internal sealed class Letter(Delivery delivery, HttpMethod method, Uri url, byte[] body, string? auth)
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
internal sealed class Mailbox : HttpMessageHandler
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(5);
    private readonly List<Letter> _letters = [];
    private DateTimeOffset _since;

    /// <summary>What is on its way, in an order that does not depend on threads.</summary>
    public IReadOnlyList<Letter> Letters
    {
        get
        {
            lock (_letters)
                return [.. _letters.OrderBy(letter => letter.Delivery.Created).ThenBy(letter => letter.Delivery.OrderId, StringComparer.Ordinal).ThenBy(letter => letter.Delivery.TransactionId)
                    .ThenBy(letter => letter.Delivery.Status, StringComparer.Ordinal)];
        }
    }

    /// <summary>Forgets what was sent before: another scenario begins.</summary>
    public void Forget(DateTimeOffset before)
    {
        List<Letter> old;
        lock (_letters)
        {
            _since = before;
            old = [.. _letters];
            _letters.Clear();
        }

        old.ForEach(letter => letter.Answered(HttpStatusCode.OK, "OK"));
    }

    public void Take(Letter letter)
    {
        lock (_letters)
            _letters.Remove(letter);
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
        var letter = new Letter(delivery!, request.Method, request.RequestUri!, body, request.Headers.TryGetValues("Auth", out var auth) ? auth.Single() : null);
        lock (_letters)
        {
            if (delivery!.Created < _since)
                letter.Answered(HttpStatusCode.OK, "OK");
            else
                _letters.Add(letter);
        }

        return await letter.Answer.WaitAsync(cancellationToken);
    }

    private bool IsSettled(Ledger ledger)
    {
        HashSet<Delivery> here;
        lock (_letters)
            here = [.. _letters.Select(letter => letter.Delivery)];
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
