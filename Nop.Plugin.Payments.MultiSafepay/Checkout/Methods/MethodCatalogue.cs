using Nop.Core.Caching;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// The account's payment methods for the checkout. A checkout page waits for no API call while a catalogue is known: a fresh one is used as it is, an older one
/// is used and refreshed in the background, and while MultiSafepay is unreachable the last one is used for days. Only if no catalogue is known (or the known one is
/// too old) does a customer wait, for a limited time; after a failure no call is made for a minute.
/// </summary>
/// <remarks>The methods may return null: without a catalogue the customer chooses on MultiSafepay's payment page.</remarks>
public class MethodCatalogue(IStaticCacheManager cache, CatalogueSource source, StoreSettings storeSettings, OrderNotesAndLog notesAndLog, TimeProvider timeProvider)
{
    /// <summary>The age up to which a catalogue is used without a refresh.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(1);

    /// <summary>The age up to which a catalogue is shown while it is refreshed. An older one may have methods that the account has lost, so the customer waits.</summary>
    public static readonly TimeSpan ShownFor = TimeSpan.FromHours(24);

    /// <summary>The age up to which a catalogue is used while MultiSafepay is unreachable.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>The longest time that a customer waits for a catalogue.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2.5);

    /// <summary>Returns the methods for a page that a customer is waiting for; null if none are known.</summary>
    /// <param name="storeId">The store.</param>
    /// <param name="settings">The settings of that store.</param>
    /// <param name="currency">ISO 4217 code, in upper case; null for the methods of all currencies.</param>
    /// <param name="locale">The language of the names, one of <see cref="Locales"/>.</param>
    /// <param name="cancellationToken">Cancels waiting, but not the call.</param>
    public async Task<Catalogue?> GetAsync(int storeId, MultiSafepaySettings settings, string? currency, string locale, CancellationToken cancellationToken)
    {
        if (RequestOf(storeId, settings, currency, locale) is not { } request)
            return null;

        var known = await KnownAsync(request);
        var age = known is null ? KeptFor : timeProvider.GetUtcNow().UtcDateTime - known.FetchedUtc;
        if (age < FreshFor)
            return known;

        var (call, isNew) = source.Ask(request, known);
        if (call is null)
            return known;
        if (age < ShownFor)
        {
            Forget(call);
            return known;
        }

        return await WaitAsync(call, isNew, cancellationToken) ?? known;
    }

    /// <summary>Returns the known methods without an API call: used while placing an order, when nopCommerce may hold a lock on all orders.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<Catalogue?> PeekAsync(int storeId, MultiSafepaySettings settings, string? currency, string locale) =>
        RequestOf(storeId, settings, currency, locale) is { } request ? await KnownAsync(request) : null;

    /// <summary>Reads the methods from MultiSafepay now, for the owner's list.</summary>
    /// <inheritdoc cref="GetAsync"/>
    /// <exception cref="MultiSafepayApiException">There was no usable answer.</exception>
    public async Task<Catalogue?> AskAsync(int storeId, MultiSafepaySettings settings, string? currency, string locale, CancellationToken cancellationToken) =>
        RequestOf(storeId, settings, currency, locale) is { } request && source.Ask(request, source.LastKnown(request), evenIfItJustFailed: true) is { Call: { } call }
            ? await call.Answer.WaitAsync(cancellationToken)
            : null;

    /// <summary>Makes a call with a key that was refused, for a page that a customer is waiting for. Its outcome is in <see cref="RefusedKeys"/>.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task TryKeyAsync(int storeId, MultiSafepaySettings settings, string? currency, string locale, CancellationToken cancellationToken)
    {
        if (RequestOf(storeId, settings, currency, locale) is not { } request || source.Ask(request, source.LastKnown(request), evenIfItJustFailed: true).Call is not { } call)
            return;
        try
        {
            await call.Answer.WaitAsync(MaxWait, timeProvider, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or MultiSafepayApiException)
        {
            Forget(call);
        }
    }

    internal static CacheKey CacheKeyOf(CatalogueRequest request) => new(request.Key) { CacheTime = (int)KeptFor.TotalMinutes };

    private CatalogueRequest? RequestOf(int storeId, MultiSafepaySettings settings, string? currency, string locale) =>
        storeSettings.Credentials(settings, settings.Environment) is { } credentials
            ? new CatalogueRequest(storeId, credentials, currency, locale, settings.GroupCards)
            : null;

    // nopCommerce's cache may be shared, and another node may have stored a newer catalogue. Its text is parsed once and then kept as an object.
    private async Task<Catalogue?> KnownAsync(CatalogueRequest request)
    {
        var remembered = source.LastKnown(request);
        if (remembered is null || timeProvider.GetUtcNow().UtcDateTime - remembered.FetchedUtc >= FreshFor)
        {
            var cached = Catalogue.FromText(await cache.GetAsync<string?>(CacheKeyOf(request), defaultValue: null));
            if (cached is not null && (remembered is null || cached.FetchedUtc > remembered.FetchedUtc))
                source.Remember(request, remembered = cached);
        }

        return remembered is not null && timeProvider.GetUtcNow().UtcDateTime - remembered.FetchedUtc < KeptFor ? remembered : null;
    }

    // The time limit runs from the start of the call, also for callers that join it later, so that no customer waits for a slow answer twice.
    private async Task<Catalogue?> WaitAsync(CatalogueCall call, bool isNew, CancellationToken cancellationToken)
    {
        var left = MaxWait - timeProvider.GetElapsedTime(call.StartedAt);
        try
        {
            return await call.Answer.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, timeProvider, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or MultiSafepayApiException)
        {
            Forget(call);
            if (isNew)
                await notesAndLog.WarnAsync($"the payment methods could not be read; if the key is accepted, customers choose on the payment page. {exception.Message}");
            return null;
        }
    }

    private static void Forget(CatalogueCall call) =>
        _ = call.Answer.ContinueWith(static answer => answer.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
