using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Services.Catalog;
using Nop.Services.Customers;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The settings of the payment methods in the checkout.</summary>
public class MethodsGroup(MethodCheck check, ConfigurationTexts texts, ICategoryService categoryService, ICustomerService customerService, ILanguageService languageService) : IConfigurationGroup
{
    /// <summary>The number of categories that the page lists with their ids.</summary>
    public const int MaxCategories = 500;

    private const int FewCurrencies = 4;

    /// <inheritdoc/>
    public IReadOnlyList<SettingField> Fields { get; } =
    [
        SettingField.For(settings => settings.Enabled, model => model.Enabled),
        SettingField.For(settings => settings.HostedPageOnly, model => model.HostedPageOnly),
        SettingField.For(settings => settings.GroupCards, model => model.GroupCards),
        SettingField.For(settings => settings.NewMethodsEnabled, model => model.NewMethodsEnabled),
        SettingField.For(settings => settings.SaveCards, model => model.SaveCards),
        SettingField.For(settings => settings.Subscriptions, model => model.Subscriptions),
        SettingField.For(settings => settings.SubscriptionRetryDays, model => model.SubscriptionRetryDays),
        SettingField.For(settings => settings.SubscriptionFailure, model => model.SubscriptionFailureId),
        SettingField.For(settings => settings.SubscriptionNoticeDays, model => model.SubscriptionNoticeDays),
        SettingField.For(settings => settings.AdditionalFee, model => model.AdditionalFee),
        SettingField.For(settings => settings.AdditionalFeePercentage, model => model.AdditionalFeePercentage),
        new MethodsField()
    ];

    /// <inheritdoc/>
    public async Task PrepareModelAsync(ConfigurationModel model, MultiSafepaySettings settings)
    {
        var languages = await languageService.GetAllLanguagesAsync(showHidden: true);
        model.Languages = [.. languages.Select(language => new SelectListItem(language.Name, language.Id.ToString(CultureInfo.InvariantCulture)))];
        model.AvailableRoles = [.. (await customerService.GetAllCustomerRolesAsync()).Select(role => new SelectListItem(role.Name, role.Id.ToString(CultureInfo.InvariantCulture)))];
        var categories = await categoryService.GetAllCategoriesAsync(showHidden: true);
        List<SelectListItem> available = [];
        foreach (var category in categories.Take(MaxCategories))
            available.Add(new SelectListItem(await categoryService.GetFormattedBreadCrumbAsync(category, categories), category.Id.ToString(CultureInfo.InvariantCulture)));
        model.AvailableCategories = available;

        var known = await check.KnownAsync(model.ActiveStoreScopeConfiguration, settings);
        model.MethodsReadUtc = known?.FetchedUtc;
        model.IsCardSavingNotActivated = known is not null && !known.Methods.Any(CardSaving.IsPossible);
        model.IsSubscribingNotActivated = known is not null && !known.Methods.Any(method => SubscriptionMethods.IsPossible(method, known));
        model.AvailableSubscriptionFailures = await texts.OptionsAsync<SubscriptionFailurePolicy>("SubscriptionFailurePolicy");
        model.Methods = RowsOf(model, known, settings);
        await check.PrepareModelAsync(model.MethodCheck);
    }

    // Posted rows take precedence over the stored rules, because the form may have been rejected.
    private static List<MethodRowModel> RowsOf(ConfigurationModel model, Catalogue? known, MultiSafepaySettings settings)
    {
        var rules = MethodRules.Parse(settings.Methods);
        var methods = (known?.Methods ?? []).DistinctBy(method => method.Id, StringComparer.OrdinalIgnoreCase).ToDictionary(method => method.Id, StringComparer.OrdinalIgnoreCase);
        List<MethodRowModel> rows = [];
        var availableCategories = model.AvailableCategories.Select(category => category.Value).ToHashSet(StringComparer.Ordinal);
        var replaced = known?.Replaced(rules.Gateways, settings.GroupCards) ?? [];
        foreach (var gateway in methods.Keys.Union(rules.Gateways, StringComparer.OrdinalIgnoreCase).Except(replaced, StringComparer.OrdinalIgnoreCase))
        {
            var row = model.Methods.FirstOrDefault(row => string.Equals(row.Gateway, gateway, StringComparison.OrdinalIgnoreCase))
                ?? (rules[gateway] is { } rule ? MethodRows.Create(gateway, rule) : new MethodRowModel { Gateway = gateway, Enabled = settings.NewMethodsEnabled, Order = 10 * (rows.Count + 1) });
            row.IsNew = rules.Gateways.Count > 0 && rules[gateway] is null;
            if (methods.TryGetValue(gateway, out var method))
            {
                row.Name = MethodAvailability.NameOf(method);
                row.IconUrl = method.IconUrls?.Best;
                row.Limits = LimitsOf(method);
                row.SupportsCapture = method.ManualCapture is { Supported: true } && !ManualCaptureSupport.IsKnownBrand(method.Id);
                row.IsCaptureEnabled = method.ManualCapture is { IsEnabled: true };
                row.IsFeeForbidden = Surcharges.AreForbidden(method) && (MethodRows.TryRead(row.Fee, out var fee) ? fee ?? model.AdditionalFee : 0) > 0;
            }
            else
            {
                row.IsVanished = known is not null;
            }

            if (availableCategories.Count < MaxCategories && MethodRows.TryReadIds(row.Categories, out var ids))
                row.UnknownCategories = [.. ids.Select(id => id.ToString(CultureInfo.InvariantCulture)).Where(id => !availableCategories.Contains(id))];

            rows.Add(row);
        }

        return [.. rows.OrderBy(row => row.IsVanished).ThenBy(row => row.IsNew).ThenBy(row => row.Order)];
    }

    // Codes and numbers only, so that no translation is needed.
    private static string LimitsOf(PaymentMethod method)
    {
        var (min, max) = (method.AllowedAmount?.Min is > 0 and var least ? Euros(least) : null, method.AllowedAmount?.Max is { } most ? Euros(most) : null);
        List<string> limits = [];
        if (min is not null || max is not null)
            limits.Add($"EUR {min ?? "0.00"} – {max ?? "∞"}");
        if (method.AllowedCurrencies.Count is > 0 and <= FewCurrencies)
            limits.Add(string.Join(", ", method.AllowedCurrencies));
        if (method.AllowedCountries.Count > 0)
            limits.Add(string.Join(", ", method.AllowedCountries));
        return string.Join(" · ", limits);

        static string Euros(long cents) => MinorUnits.ToDecimal(cents, "EUR").ToString("0.00", CultureInfo.InvariantCulture);
    }
}
