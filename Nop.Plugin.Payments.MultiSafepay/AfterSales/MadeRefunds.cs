using System.Collections.Concurrent;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// The refunds that were made in the current request, until nopCommerce has saved them: only then is the owner told, who made them by a button of this request. What the record says is not
/// enough, because MultiSafepay's notification may be faster and count them first.
/// </summary>
public sealed class MadeRefunds
{
    private readonly ConcurrentDictionary<int, (IReadOnlyList<RefundAttempt> Refunds, string Currency)> _made = new();

    /// <summary>Remembers refunds that MultiSafepay has made.</summary>
    /// <param name="orderId">The order's id in nopCommerce.</param>
    /// <param name="refunds">The refunds.</param>
    /// <param name="currency">Their currency: ISO 4217 code.</param>
    public void Remember(int orderId, IReadOnlyList<RefundAttempt> refunds, string currency) => _made[orderId] = (refunds, currency);

    /// <summary>Takes what was remembered for an order; null for nothing.</summary>
    /// <param name="orderId">The order's id in nopCommerce.</param>
    public (IReadOnlyList<RefundAttempt> Refunds, string Currency)? Take(int orderId) => _made.TryRemove(orderId, out var made) ? made : null;
}
