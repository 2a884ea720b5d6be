using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>A step of the setup.</summary>
/// <param name="Title">What is checked.</param>
/// <param name="Result">The result of the check.</param>
/// <param name="Link">Where the owner can correct it: a path below the shop's root, or an anchor on the page.</param>
/// <param name="IsRequired">Whether the store takes no payments without it.</param>
public sealed record SetupStep(string Title, CheckResult Result, string Link, bool IsRequired = true);

/// <summary>The checklist of a store.</summary>
/// <param name="Store">The name of the store.</param>
/// <param name="Steps">The steps, in the order of the setup.</param>
public sealed record StoreChecklist(string Store, IReadOnlyList<SetupStep> Steps)
{
    /// <summary>Whether the store can take payments.</summary>
    public bool IsReady => Steps.All(step => step.Result.State == CheckState.Good || !step.IsRequired);

    /// <summary>Whether there is nothing to correct.</summary>
    public bool IsComplete => Steps.All(step => step.Result.State == CheckState.Good);
}

/// <summary>Finds out what a shop still lacks for its first payment. It calls MultiSafepay and the shop itself, so the page loads it afterwards.</summary>
public class SetupChecklist(
    StoreSettings storeSettings,
    IStoreService storeService,
    StoreChecks storeChecks,
    ShopUrls shopUrls,
    ConnectionCheck connectionCheck,
    WebhookCheck webhookCheck,
    ConfigurationTexts texts)
{
    /// <summary>The maximum number of stores in one checklist; further stores can be selected individually.</summary>
    public const int MaxStores = 10;

    /// <summary>Creates the checklists of the stores in a scope; 0 means all stores.</summary>
    public async Task<IReadOnlyList<StoreChecklist>> CreateAsync(int storeScope, CancellationToken cancellationToken)
    {
        var checklists = new List<StoreChecklist>();
        foreach (var store in (await storeService.GetAllStoresAsync()).Where(store => storeScope == 0 || store.Id == storeScope).Take(MaxStores))
            checklists.Add(new StoreChecklist(store.Name, await StepsAsync(store, cancellationToken)));
        return checklists;
    }

    private async Task<IReadOnlyList<SetupStep>> StepsAsync(Store store, CancellationToken cancellationToken)
    {
        var settings = await storeSettings.ForStoreAsync(store.Id);
        var credentials = storeSettings.Credentials(settings, settings.Environment);
        var keyField = $"#{settings.Environment}ApiKey";
        var environment = await texts.TextAsync($"Check.Environment.{settings.Environment}");

        var steps = new List<SetupStep>
        {
            await StepAsync("Checklist.Key", credentials is not null ? await GoodAsync("Check.KeySet", environment) : await BadAsync("Check.NoKey", environment), keyField)
        };
        if (credentials is not null)
            steps.Add(await StepAsync("Checklist.Connection", await connectionCheck.RunAsync(credentials.Environment, credentials.ApiKey, cancellationToken), keyField));

        steps.Add(await StepAsync("Checklist.Https", await HttpsAsync(store, settings), FormattableString.Invariant($"Admin/Store/Edit/{store.Id}")));
        steps.Add(await StepAsync("Checklist.Webhook", await webhookCheck.RunAsync(store, cancellationToken), "#NotificationBaseUrl"));
        steps.Add(await StepAsync("Checklist.Active", await storeChecks.ActiveAsync(store), "Admin/Payment/Methods"));
        steps.Add(await StepAsync("Checklist.Currency", await storeChecks.CurrencyAsync(store), "Admin/Currency/List"));
        if (await storeChecks.AutoCancelAsync(store, settings) is { } autoCancel)
            steps.Add(await StepAsync("Checklist.AutoCancel", autoCancel, "Admin/Setting/Order") with { IsRequired = false });
        if (await storeChecks.RemindersAsync(store, settings) is { } reminders)
            steps.Add(await StepAsync("Checklist.Reminders", reminders, $"#{nameof(MultiSafepaySettings.SecondChance)}") with { IsRequired = false });
        return steps;
    }

    // With the development API URL, http works for the simulator, and is still not what MultiSafepay would call.
    private async Task<CheckResult> HttpsAsync(Store store, MultiSafepaySettings settings)
    {
        string[] urls = [ShopUrls.Notification(store, settings), ShopUrls.Return(store, Guid.Empty)];
        if (Array.TrueForAll(urls, url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
            return await GoodAsync("Check.Https");
        var isRefused = Array.Exists(urls, url => shopUrls.Check(url).Any(problem => problem is ShopUrlProblem.NotHttps or ShopUrlProblem.NotAbsolute));
        return isRefused ? new CheckResult(CheckState.Bad, await texts.TextAsync("UrlProblem.NotHttps")) : await GoodAsync("Check.Http");
    }

    private async Task<SetupStep> StepAsync(string title, CheckResult result, string link) => new(await texts.TextAsync(title), result, link);

    private Task<CheckResult> GoodAsync(string key, params object[] arguments) => texts.ResultAsync(CheckState.Good, key, arguments);

    private Task<CheckResult> BadAsync(string key, params object[] arguments) => texts.ResultAsync(CheckState.Bad, key, arguments);
}
