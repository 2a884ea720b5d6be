using System.Text.Json;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>An order with something still to do at MultiSafepay.</summary>
/// <param name="OrderId">nopCommerce's id of the order.</param>
/// <param name="SinceUtc">Since when, in UTC.</param>
/// <param name="CheckedUtc">When it was last looked at, in UTC; null for never.</param>
public sealed record FollowUp(int OrderId, DateTime SinceUtc, DateTime? CheckedUtc = null);

/// <summary>
/// The orders with something still to do (<see cref="IFollowUpStep"/>): a refund or a capture whose outcome is not known, a shipment or an invoice number that MultiSafepay has not been
/// told of, a payment link to revoke, a deleted order whose payment is still open. Each is put on this list before the first try and taken off when there is nothing left: the
/// reconciliation looks at paid orders at a few ages only, and at deleted ones never. The
/// list is one generic attribute of the first store, changed under a lock of its own; an order's own lock may be held meanwhile, but never the other way round.
/// </summary>
public class FollowUpList(
    ShopAttributes attributes,
    OrderLock orderLock,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>The most orders on the list. Beyond, the youngest are not taken: the attribute would grow without end when nobody runs the task. What the owner waits for is always taken.</summary>
    public const int MaxLength = 5000;

    private const string Attribute = "MultiSafepay.FollowUpList";

    private static readonly Guid _lock = new("0d0ed4a5-2c7c-4d0e-9a5e-5d2f1a3c7b11");

    /// <summary>Puts the order on the list. Call it before the first try: what is killed meanwhile is found by the task.</summary>
    /// <returns>Whether it is on the list; false when that is full.</returns>
    /// <exception cref="OrderBusyException">The list was kept by somebody else for too long.</exception>
    public async Task<bool> EnqueueAsync(int orderId, CancellationToken cancellationToken)
    {
        var isFull = false;
        await ChangeAsync(followUps =>
        {
            if (followUps.Exists(followUp => followUp.OrderId == orderId))
                return null;
            isFull = followUps.Count >= MaxLength;
            return isFull ? null : [.. followUps, new FollowUp(orderId, Now)];
        }, cancellationToken);
        return !isFull;
    }

    /// <summary>The same for whoever goes on without it: it does not throw, and what stands in the way is written to the log.</summary>
    public async Task TryEnqueueAsync(int orderId, CancellationToken cancellationToken)
    {
        try
        {
            if (!await EnqueueAsync(orderId, cancellationToken))
                await notesAndLog.WarnAsync(FormattableString.Invariant(
                    $"order {orderId} could not be put on the list of orders with something still to do: {MaxLength} wait for the scheduled task already. Does it run?"));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {orderId} could not be put on the list of orders with something still to do. {exception.Message}"));
        }
    }

    /// <summary>
    /// The same for something that the owner waits for. An order that is on the list already is looked at as soon and as often as one that is new: what it was put
    /// there for first may be old and looked at rarely, and may just be settled.
    /// </summary>
    /// <exception cref="OrderBusyException">The list was kept by somebody else for too long.</exception>
    public Task RequeueAsync(int orderId, CancellationToken cancellationToken) => ChangeAsync(
        followUps => [.. followUps.Where(followUp => followUp.OrderId != orderId), new FollowUp(orderId, Now)], cancellationToken);

    /// <summary>Remembers that the order was looked at, or takes it off the list afterwards, unless it was put there anew meanwhile.</summary>
    public Task CheckedAsync(int orderId, bool isSettled, CancellationToken cancellationToken) => ChangeAsync(
        followUps => followUps.FindIndex(followUp => followUp.OrderId == orderId) is var index and >= 0
            ? isSettled
                ? followUps[index].CheckedUtc is null ? null : [.. followUps.Where(followUp => followUp.OrderId != orderId)]
                : [.. followUps.Where(followUp => followUp.OrderId != orderId), followUps[index] with { CheckedUtc = Now }]
            : null,
        cancellationToken);

    /// <summary>The orders on the list, those that were looked at longest ago first.</summary>
    public async Task<IReadOnlyList<FollowUp>> ListAsync() =>
        [.. (await ReadAsync()).OrderBy(followUp => followUp.CheckedUtc ?? DateTime.MinValue)];

    /// <summary>Forgets the list, when the plugin is uninstalled.</summary>
    public Task ClearAsync() => attributes.SaveAsync(Attribute, string.Empty);

    private DateTime Now => timeProvider.GetUtcNow().UtcDateTime;

    private Task ChangeAsync(Func<List<FollowUp>, List<FollowUp>?> change, CancellationToken cancellationToken) => orderLock.RunAsync(_lock, async () =>
    {
        if (change(await ReadAsync()) is { } changed)
            await attributes.SaveAsync(Attribute, JsonSerializer.Serialize(changed, StoredJson.Options));
        return true;
    }, cancellationToken);

    private async Task<List<FollowUp>> ReadAsync() =>
        await attributes.FindAsync(Attribute) is { } json ? JsonSerializer.Deserialize<List<FollowUp>>(json, StoredJson.Options) ?? [] : [];
}
