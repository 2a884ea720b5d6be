using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>The e-mails to customers about subscriptions. None of them keeps a payment from being made: what cannot be sent is in the log.</summary>
public class SubscriptionMails(CustomerMail mail, ChargeCalculator chargeCalculator, OrderNotesAndLog notesAndLog)
{
    /// <summary>Tells the customer of the next payment.</summary>
    /// <param name="locked">The first order.</param>
    /// <param name="dateUtc">The date of the payment, in UTC.</param>
    public Task AnnounceAsync(LockedOrder locked, DateTime dateUtc) => TrySendAsync(locked, CustomerMailTemplates.SubscriptionAnnounced, dateUtc);

    /// <summary>Tells the customer that the card expires before the next payment.</summary>
    /// <inheritdoc cref="AnnounceAsync" path="/param"/>
    public Task TellOfExpiryAsync(LockedOrder locked, DateTime dateUtc) => TrySendAsync(locked, CustomerMailTemplates.SubscriptionCardExpires, dateUtc);

    /// <summary>Tells the customer that the subscription was cancelled.</summary>
    /// <inheritdoc cref="AnnounceAsync" path="/param"/>
    public Task TellOfEndAsync(LockedOrder locked, DateTime dateUtc) => TrySendAsync(locked, CustomerMailTemplates.SubscriptionCancelled, dateUtc);

    private async Task TrySendAsync(LockedOrder locked, string template, DateTime dateUtc)
    {
        try
        {
            // The later orders cost what the first one does.
            var charge = await chargeCalculator.OfAsync(locked.Order, locked.Settings, locked.Record);
            await mail.SendAsync(locked.Order, template, locale =>
            [
                new Token(CustomerMailTemplates.AmountToken, MoneyText.ForPeople(charge.Amount, charge.Currency, locale.Culture)),
                new Token(CustomerMailTemplates.DateToken, locale.Date(dateUtc)),
                new Token(CustomerMailTemplates.MethodToken, locked.Record.Subscription?.Means?.ToString() ?? string.Empty)
            ]);
        }
        catch (Exception exception)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {locked.Order.Id}: the customer could not be sent {template}. {exception.Message}"), exception);
        }
    }
}
