using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

/// <summary>Sends a payment link to the customer by e-mail.</summary>
public class PaymentLinkMail(CustomerMail mail)
{
    /// <summary>Queues the e-mail.</summary>
    /// <param name="order">The order.</param>
    /// <param name="attempt">The payment attempt of the link.</param>
    /// <param name="url">The link.</param>
    /// <param name="template">The name of the template (<see cref="CustomerMailTemplates"/>).</param>
    /// <returns>The e-mail address; null if the order has none, the template is inactive, or the shop has no e-mail account.</returns>
    public Task<string?> SendAsync(Order order, PaymentAttempt attempt, Uri url, string template = CustomerMailTemplates.PaymentLink) => mail.SendAsync(order, template, locale =>
    [
        new(CustomerMailTemplates.AmountToken, MoneyText.ForPeople(attempt.Amount, attempt.Currency, locale.Culture)),
        new(CustomerMailTemplates.LinkToken, url.AbsoluteUri),
        new(CustomerMailTemplates.EndsToken, locale.Time(attempt.ExpiresUtc))
    ]);
}
