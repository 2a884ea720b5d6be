using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security.Fuzzing;

/// <summary>What an order may become by a request, read from the request in another way than the plugin's, and much shorter: who paid nothing has not paid.</summary>
internal static partial class FuzzOracle
{
    private static readonly string[] _paidStatuses = ["completed", "shipped", "uncleared", "refunded", "partial_refunded", "chargeback", "chargedback", "void"];
    private static readonly string[] _refundStatuses = ["refunded", "partial_refunded", "chargeback", "chargedback", "void"];
    private static readonly string[] _endStatuses = ["declined", "cancelled", "void", "expired", .. _refundStatuses];

    /// <param name="before">The order before the request.</param>
    /// <param name="after">And after it.</param>
    /// <param name="attempt">What was charged.</param>
    /// <param name="apiStatus">How MultiSafepay has the payment, should it be asked.</param>
    /// <param name="signedBody">The body, when its signature is right; null otherwise.</param>
    /// <param name="isHint">Whether the request may make the shop ask MultiSafepay.</param>
    public static void Check(Order before, Order after, PaymentAttempt attempt, string? apiStatus, byte[]? signedBody, bool isHint)
    {
        Assert.That((after.OrderGuid, after.OrderTotal, after.CustomerId, after.StoreId, after.Deleted),
            Is.EqualTo((before.OrderGuid, before.OrderTotal, before.CustomerId, before.StoreId, before.Deleted)));
        Assert.That(after.RefundedAmount, Is.InRange(before.RefundedAmount, after.OrderTotal));
        if ((after.PaymentStatus, after.OrderStatus, after.RefundedAmount) == (before.PaymentStatus, before.OrderStatus, before.RefundedAmount))
            return;

        Assert.That(signedBody is not null || isHint, Is.True, "an order changes by what is signed, or by what MultiSafepay itself answers");
        var content = signedBody is null ? null : NotificationContent.Read(signedBody);

        // A signed body can make the shop ask; then MultiSafepay's own answer decides.
        string[] statuses = [.. content?.Statuses ?? [], .. apiStatus is null ? Array.Empty<string>() : [apiStatus]];
        var isCharged = content is not null && content.Amount == attempt.Amount && string.Equals(content.Currency, attempt.Currency, StringComparison.OrdinalIgnoreCase)
            && content.Order == before.OrderGuid && (content.OrderId == attempt.OrderId || content.AuthOrderId == attempt.OrderId);

        if (before.PaymentStatus == PaymentStatus.Pending && after.PaymentStatus != PaymentStatus.Pending)
            Assert.That(after.PaymentStatus == PaymentStatus.Voided || apiStatus is "completed" or "uncleared" || (isCharged && statuses.Intersect(_paidStatuses).Any()), Is.True,
                $"paid without a payment: {content}, {string.Join(' ', statuses)}, {apiStatus}");
        if (after.RefundedAmount > before.RefundedAmount)
            Assert.That(isCharged && statuses.Intersect(_refundStatuses).Any(), Is.True, $"given back without a refund: {content}, {string.Join(' ', statuses)}, {apiStatus}");
        if (after.OrderStatus == OrderStatus.Cancelled && before.OrderStatus != OrderStatus.Cancelled)
            Assert.That(statuses.Intersect(_endStatuses), Is.Not.Empty, "ended without an end");
        Assert.That((int)after.PaymentStatus, Is.GreaterThanOrEqualTo((int)before.PaymentStatus), "a payment never goes backwards");
    }

    private sealed partial record NotificationContent(Guid Order, string? OrderId, string? AuthOrderId, long? Amount, string? Currency, IReadOnlyList<string> Statuses)
    {
        [GeneratedRegex("\"refund\\W|amount_refunded\"\\W*[1-9]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
        private static partial Regex RefundText();

        public static NotificationContent? Read(byte[] body)
        {
            try
            {
                using var json = JsonDocument.Parse(body.AsMemory(body is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0));
                var root = json.RootElement;
                var amount = Text(root, "amount")?.Trim();
                return new NotificationContent(
                    Guid.TryParse(Text(root, "var1"), out var guid) ? guid : default, Text(root, "order_id"), Text(root, "auth_order_id"),
                    decimal.TryParse(amount, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number) && number is > 0 and < long.MaxValue
                        ? (long)number : null,
                    Text(root, "currency"), [.. new[] { Text(root, "status"), Text(root, "financial_status"), Refunds(body) }.OfType<string>().Select(word => word.Trim().ToLowerInvariant())]);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        // Where a provider collects the money, only the amounts and what came after the payment tell of a refund.
        private static string? Refunds(byte[] body) => RefundText().IsMatch(Encoding.UTF8.GetString(body)) ? "refunded" : null;

        // Half a character, or none, is no text.
        private static string? Text(JsonElement root, string name)
        {
            try
            {
                return root.TryGetProperty(name, out var value)
                    ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null }
                    : null;
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }
}
