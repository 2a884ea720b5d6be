using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>A subscription in a list.</summary>
/// <param name="Summary">How it stands.</param>
/// <param name="Interval">Its interval in words, in the current language: <c>every month</c>.</param>
/// <param name="Charge">What each payment costs: the later orders cost what the first one does.</param>
public sealed record SubscriptionLine(SubscriptionSummary Summary, string Interval, Charge Charge)
{
    /// <summary>The amount for people, as <c>EUR 1,234.50</c> in the current culture; empty if the currency is not known.</summary>
    public string Amount => Charge.Currency.Length == 0 ? string.Empty : MoneyText.ForPeople(Charge.Amount, Charge.Currency, CultureInfo.CurrentCulture);
}

/// <summary>
/// Reads subscriptions for a list: the queries of <see cref="SubscriptionOverview.ReadAsync(IReadOnlyCollection{RecurringPayment})"/>; settings and currencies are in nopCommerce's cache.
/// </summary>
public class SubscriptionLines(SubscriptionOverview overview, SubscriptionTerms terms, ChargeCalculator chargeCalculator, StoreSettings storeSettings)
{
    /// <summary>Reads subscriptions.</summary>
    /// <param name="recurring">The recurring payments, of any payment method.</param>
    /// <returns>Those that were placed with the plugin, in the same order.</returns>
    public async Task<IReadOnlyList<SubscriptionLine>> ReadAsync(IReadOnlyCollection<RecurringPayment> recurring)
    {
        var lines = new List<SubscriptionLine>();
        foreach (var summary in await overview.ReadAsync(recurring))
        {
            lines.Add(new SubscriptionLine(
                summary,
                await terms.IntervalAsync(summary.Recurring.CycleLength, summary.Recurring.CyclePeriod),
                await chargeCalculator.OfAsync(summary.Order, await storeSettings.ForStoreAsync(summary.Order.StoreId), summary.Record)));
        }

        return lines;
    }
}
