using System.Security.Cryptography;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

/// <summary>Creates payment attempts at MultiSafepay and records them with the order. Must be called under the order's lock.</summary>
public class AttemptCreator(
    ChargeCalculator chargeCalculator,
    OrderRequestFactory requestFactory,
    ShopUrls shopUrls,
    IMultiSafepayClient client,
    PaymentMethodSelector methodSelector,
    FollowUpList followUpList,
    RefusedKeys refusedKeys,
    TimeProvider timeProvider)
{
    // A customer who is sent to a link in its last minute could find it expired.
    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(1);

    private const int MaxOrderIdsTried = 3;

    /// <summary>Whether the attempt is for the order's current charge and its link does not expire within a minute.</summary>
    public async Task<bool> IsSameChargeAsync(Order order, MultiSafepaySettings settings, PaymentRecord record, PaymentAttempt attempt)
    {
        var charge = await chargeCalculator.OfAsync(order, settings, record);
        return attempt.Amount == charge.Amount
            && attempt.Currency == charge.Currency
            && attempt.ExpiresUtc > timeProvider.GetUtcNow().UtcDateTime + _margin;
    }

    /// <summary>Creates an order at MultiSafepay for the method that the customer chose or, if that method is rejected, with the choice on the payment page.</summary>
    /// <returns>
    /// The address of the payment page; that of the order's page for a bank transfer in the shop, and that of the return page for a saved card that needs no page of MultiSafepay.
    /// </returns>
    /// <exception cref="PaymentStartException">MultiSafepay does not accept the shop's URLs, or the saved card was refused.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay rejected the order, or there was no usable answer.</exception>
    /// <param name="locked">The order.</param>
    /// <param name="store">Its store.</param>
    /// <param name="credentials">The account.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <param name="chosen">How it is paid, if not the customer chooses: the payment details that a subscription charges. Null for the customer's choice.</param>
    public async Task<Uri> CreateAsync(LockedOrder locked, Store store, ApiCredentials credentials, CancellationToken cancellationToken, MethodChoice? chosen = null)
    {
        var (order, settings) = (locked.Order, locked.Settings);
        CheckUrls(store, settings);
        var charge = await chargeCalculator.OfAsync(order, settings, locked.Record);
        var method = chosen ?? await methodSelector.ForAsync(order, settings, locked.Record, cancellationToken);

        // Before anything is sent: if all notifications are lost, only the scheduled task finds the payment.
        await followUpList.AddComparisonAsync(order.Id);
        if (method.IsSubscription && locked.Record is { SubscriptionCharge: null, Subscription: null })
            await followUpList.AddSubscriptionAsync(order.Id, timeProvider.GetUtcNow().UtcDateTime + FollowUpList.FirstComparisonAfter);
        for (var tried = 1; ; tried++)
        {
            var now = timeProvider.GetUtcNow().UtcDateTime;
            var attempt = new PaymentAttempt
            {
                OrderId = OrderIds.For(order, tried == 1 ? locked.Record.Attempts.Count + 1 : RandomNumberGenerator.GetInt32(10_000, 100_000), settings.OrderIdTemplate),
                Environment = credentials.Environment,
                KeyFingerprint = credentials.Fingerprint,
                Currency = charge.Currency,
                Amount = charge.Amount,
                OrderTotal = order.OrderTotal,
                PrimaryCurrency = charge.PrimaryCurrency,
                CurrencyRate = charge.CurrencyRate,
                CreatedUtc = now,
                ExpiresUtc = now + PaymentLinkLifetime.From(settings).Duration,
                Gateway = method.Gateway,
                IsSavedCard = method.Card is not null,
                SavesCard = method is { Card: null, CustomerReference: not null, IsSubscription: false },
                IsSubscription = method.IsSubscription
            };

            // Recorded before it is sent: if the answer is lost and a notification arrives, the charged amount is known.
            await locked.SaveAsync(WithConsent(locked.Record, method).With(attempt));
            var request = await requestFactory.CreateAsync(order, store, settings, attempt, method);
            try
            {
                var created = await SendAsync(credentials, request, cancellationToken);
                if (method.Card is not null && CardRefusals.Of(created.Transaction) is { } refused)
                {
                    await locked.SaveAsync(locked.Record.With(attempt with { Closed = true, MethodFailed = true }).With(locked.Step(RecordedStep.Declined) with { OrderId = attempt.OrderId }));
                    await methodSelector.ForgetChoiceAsync(order, method, isRefused: true);
                    throw refused;
                }

                var transfer = request.Type == OrderType.Direct && method.Card is null ? TransferInstructions.From(created.GatewayInfo) : null;
                var paymentUrl = new Uri(transfer is not null ? ShopUrls.OrderPage(store, order.Id)
                    : created.PaymentUrl.Length > 0 && !IsDone(created, method) ? created.PaymentUrl
                    : ShopUrls.Return(store, order.OrderGuid));
                await locked.SaveAsync(locked.Record.With(attempt with
                {
                    PaymentUrl = paymentUrl.AbsoluteUri,
                    Transfer = transfer,
                    ExpiresUtc = transfer is null ? attempt.ExpiresUtc : now + TransferInstructions.Lifetime
                }));
                refusedKeys.Report(credentials, failure: null);
                await methodSelector.ForgetChoiceAsync(order, method);
                return paymentUrl;
            }
            catch (MultiSafepayApiException exception) when (exception is { OutcomeUnknown: false })
            {
                refusedKeys.Report(credentials, exception);
                var refused = method.Card is null ? null : CardRefusals.Of(exception);
                var ended = locked.Record.With(attempt with { Closed = true, MethodFailed = exception is { IsTransient: false, Code: not MultiSafepayErrorCodes.OrderId } });
                await locked.SaveAsync(refused is null ? ended : ended.With(locked.Step(RecordedStep.Declined) with { OrderId = attempt.OrderId }));

                if (refused is not null)
                {
                    await methodSelector.ForgetChoiceAsync(order, method, isRefused: true);
                    throw refused;
                }

                if (await methodSelector.TryFallBackToPaymentPageAsync(order, method, exception))
                {
                    method = MethodChoice.PaymentPage;
                    tried = 0;
                }

                // Another shop of the same MultiSafepay site has used this order id.
                else if (exception.Code != MultiSafepayErrorCodes.OrderId || tried == MaxOrderIdsTried)
                {
                    throw;
                }
            }
        }
    }

    private static PaymentRecord WithConsent(PaymentRecord record, MethodChoice method) => method.IsSubscription && record is { SubscriptionCharge: null, Subscription: null }
        ? record with { Subscription = new SubscriptionRecord { ConsentUtc = method.ConsentUtc } }
        : record;

    // The whole order, which MultiSafepay answers for a saved card, contains the address of a page also when there is nothing left to do on it.
    private static bool IsDone(CreatedOrder created, MethodChoice method) =>
        method.Card is not null && created.Transaction is { } transaction && TransactionStates.From(transaction).IsFunded();

    // The order must not be lost to its language: MultiSafepay's list of locales lacks some that its payment page speaks. What was refused does not exist,
    // so that it may be sent again as the same attempt.
    private async Task<CreatedOrder> SendAsync(ApiCredentials credentials, OrderRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CreateOrderAsync(credentials, request, cancellationToken);
        }
        catch (MultiSafepayApiException refusal) when (MayBeDueToLocale(refusal, request))
        {
            return await client.CreateOrderAsync(credentials, request with { Customer = request.Customer! with { Locale = null } }, cancellationToken);
        }
    }

    private static bool MayBeDueToLocale(MultiSafepayApiException refusal, OrderRequest request) =>
        refusal is { IsTransient: false, OutcomeUnknown: false, Code: null or MultiSafepayErrorCodes.General } && request.Customer?.Locale is { } locale && !Locales.IsListed(locale);

    private void CheckUrls(Store store, MultiSafepaySettings settings)
    {
        if (shopUrls.FindRefused(store, settings) is var (url, problems))
            throw new PaymentStartException(PaymentStartFailure.BadUrl, $"{url}: {string.Join(", ", problems)}");
    }
}
