using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>
/// Deletes the cards of permanently deleted customers at MultiSafepay, in every account that the shop has a key of. What fails is tried again with each run of the scheduled task, until
/// MultiSafepay has confirmed it.
/// </summary>
public class CustomerCardEraser(
    IRepository<MultiSafepayCustomerReference> rows,
    IStoreService storeService,
    StoreSettings storeSettings,
    IMultiSafepayClient client,
    SavedCardSource source,
    OrderNotesAndLog notesAndLog)
{
    /// <summary>The number of customers whose cards one run of the task deletes at most.</summary>
    public const int MaxPerRun = 20;

    // The owner waits for the page that deletes the customer.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Deletes the cards of one customer, or leaves that to the scheduled task.</summary>
    public async Task EraseAsync(int customerId, CancellationToken cancellationToken)
    {
        if (customerId <= 0)
            return;

        source.Forget(customerId);
        var references = await rows.GetAllAsync(query => query.Where(row => row.CustomerId == customerId));
        foreach (var row in references)
        {
            row.StateId = (int)CustomerReferenceState.Erased;
            await rows.UpdateAsync(row, publishEvent: false);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        await DeleteAsync(references, patience.Token);
    }

    /// <summary>Deletes the cards of customers whose erasure is not complete.</summary>
    public async Task RetryAsync(CancellationToken cancellationToken) =>
        await DeleteAsync(await rows.GetAllAsync(query => query.Where(row => row.StateId == (int)CustomerReferenceState.Erased).OrderBy(row => row.Id).Take(MaxPerRun)), cancellationToken);

    private async Task DeleteAsync(IList<MultiSafepayCustomerReference> references, CancellationToken cancellationToken)
    {
        foreach (var environment in references.GroupBy(row => (MultiSafepayEnvironment)row.EnvironmentId))
        {
            var accounts = await AccountsAsync(environment.Key);
            HashSet<string> failed = [];
            foreach (var row in accounts.Count == 0 ? [] : environment.ToList())
            {
                // Each account by itself: one whose key is refused must not keep the cards in the others. One that has failed is not asked again now: it may take long to fail.
                foreach (var account in accounts.Where(account => !failed.Contains(account.Fingerprint)).ToList())
                {
                    if (!await TryDeleteTokensAsync(account, row.Reference, cancellationToken))
                        failed.Add(account.Fingerprint);
                }

                var id = row.Id;
                if (failed.Count == 0)
                    await rows.TryDeleteAsync(other => other.Id == id);
            }
        }
    }

    private async Task<bool> TryDeleteTokensAsync(ApiCredentials account, string reference, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var token in await client.GetTokensAsync(account, reference, cancellationToken))
                await client.RemoveTokenAsync(account, reference, token.Token, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is MultiSafepayApiException or OperationCanceledException)
        {
            await notesAndLog.WarnAsync($"the saved cards of a deleted customer could not be deleted at MultiSafepay yet; the scheduled task tries it again. {exception.Message}");
            return false;
        }
    }

    // Stores can belong to different accounts, and MultiSafepay knows the reference in each account in which the customer saved a card.
    private async Task<IReadOnlyList<ApiCredentials>> AccountsAsync(MultiSafepayEnvironment environment)
    {
        List<ApiCredentials> accounts = [];
        foreach (var storeId in (await storeService.GetAllStoresAsync()).Select(store => store.Id).Prepend(0))
        {
            if (storeSettings.Credentials(await storeSettings.ForStoreAsync(storeId), environment) is { } credentials)
                accounts.Add(credentials);
        }

        return [.. accounts.DistinctBy(account => account.Fingerprint)];
    }
}
