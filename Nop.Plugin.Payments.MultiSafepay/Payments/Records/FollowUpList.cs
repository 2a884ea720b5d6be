using System.Text.Json;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>An order with open work at MultiSafepay.</summary>
/// <param name="OrderId">The order's id in nopCommerce.</param>
/// <param name="SinceUtc">When the order was added to the list, in UTC.</param>
/// <param name="CheckedUtc">When it was last checked, in UTC; null if it has not been checked since it was added.</param>
public sealed record FollowUp(int OrderId, DateTime SinceUtc, DateTime? CheckedUtc = null);

/// <summary>
/// The orders with open work (<see cref="IFollowUpStep"/>): a refund or capture whose outcome is not known, a shipment or an invoice number that has not been reported
/// to MultiSafepay, a payment link to be cancelled, a deleted order whose payment is still open. An order is added before the first try and removed when nothing is left. The list is
/// needed because the reconciliation checks paid orders only at a few ages.
/// </summary>
/// <remarks>
/// The list is one generic attribute of the first store and is changed under a lock of its own. A caller may hold an order's lock while it takes this one, but never the reverse.
/// </remarks>
public class FollowUpList(
    ShopAttributes attributes,
    OrderLock orderLock,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>
    /// The maximum number of orders on the list. Once it is full, <see cref="EnqueueAsync"/> adds no more, because otherwise the attribute would grow without limit if nobody runs the
    /// scheduled task. <see cref="RequeueAsync"/> has no limit: the owner is waiting for that work.
    /// </summary>
    public const int MaxLength = 5000;

    private const string Attribute = "MultiSafepay.FollowUpList";

    private static readonly Guid _lock = new("0d0ed4a5-2c7c-4d0e-9a5e-5d2f1a3c7b11");

    /// <summary>Adds the order to the list. Call this before the first try, so that the scheduled task finishes the work if the shop crashes in between.</summary>
    /// <returns>Whether the order is on the list; false if the list is full.</returns>
    /// <exception cref="OrderBusyException">Another caller held the list's lock for too long.</exception>
    /// <exception cref="JsonException">The stored list cannot be read.</exception>
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

    /// <summary>The same as <see cref="EnqueueAsync"/> for callers that continue without it: never throws unless it is cancelled, and logs the reason if the order is not added.</summary>
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
    /// Adds the order for work that the owner is waiting for. If it is already on the list, it is treated as new and so checked soon and often: its first entry may be old,
    /// and therefore checked rarely, or may be about to be removed.
    /// </summary>
    /// <exception cref="OrderBusyException">Another caller held the list's lock for too long.</exception>
    /// <exception cref="JsonException">The stored list cannot be read.</exception>
    public Task RequeueAsync(int orderId, CancellationToken cancellationToken) => ChangeAsync(
        followUps => [.. followUps.Where(followUp => followUp.OrderId != orderId), new FollowUp(orderId, Now)], cancellationToken);

    /// <summary>Records the start of a check, or its end: a settled order is removed, unless it was added again during the check.</summary>
    /// <param name="orderId">The order's id in nopCommerce.</param>
    /// <param name="isSettled">False at the start of the check; true if nothing is left to do.</param>
    /// <param name="cancellationToken">Cancels waiting for the list's lock.</param>
    /// <exception cref="OrderBusyException">Another caller held the list's lock for too long.</exception>
    /// <exception cref="JsonException">The stored list cannot be read.</exception>
    public Task CheckedAsync(int orderId, bool isSettled, CancellationToken cancellationToken) => ChangeAsync(
        followUps => followUps.FindIndex(followUp => followUp.OrderId == orderId) is var index and >= 0
            ? isSettled
                ? followUps[index].CheckedUtc is null ? null : [.. followUps.Where(followUp => followUp.OrderId != orderId)]
                : [.. followUps.Where(followUp => followUp.OrderId != orderId), followUps[index] with { CheckedUtc = Now }]
            : null,
        cancellationToken);

    /// <summary>The orders on the list: first those that have never been checked, then those whose last check is the longest ago.</summary>
    /// <exception cref="JsonException">The stored list cannot be read.</exception>
    public async Task<IReadOnlyList<FollowUp>> ListAsync() =>
        [.. (await ReadAsync()).OrderBy(followUp => followUp.CheckedUtc ?? DateTime.MinValue)];

    /// <summary>Deletes the list, when the plugin is uninstalled.</summary>
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
