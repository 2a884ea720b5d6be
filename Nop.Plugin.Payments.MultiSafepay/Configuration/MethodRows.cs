using System.Globalization;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Converts between the rows of the configuration page and the stored <see cref="MethodRules"/>.</summary>
public static class MethodRows
{
    /// <summary>An example of the input for countries.</summary>
    public const string CountriesExample = "NL, BE";

    /// <summary>Creates the row of a rule.</summary>
    public static MethodRowModel Create(string gateway, MethodRule rule) => new()
    {
        Gateway = gateway,
        Name = rule.Name,
        Enabled = rule.Enabled,
        Order = rule.Order,
        Titles = [.. rule.Titles.Keys.Union(rule.Descriptions.Keys).Select(key => new MethodTitleModel
        {
            LanguageId = int.TryParse(key, CultureInfo.InvariantCulture, out var id) ? id : 0,
            Text = rule.Titles.GetValueOrDefault(key),
            Description = rule.Descriptions.GetValueOrDefault(key)
        })],
        Min = Text(rule.Min),
        Max = Text(rule.Max),
        Countries = string.Join(", ", rule.Countries),
        Roles = [.. rule.Roles.Select(id => new MethodRoleModel { Id = id, IsSelected = true })],
        Categories = string.Join(", ", rule.Categories.Select(id => id.ToString(CultureInfo.InvariantCulture))),
        ShippingMethods = string.Join("; ", rule.ShippingMethods),
        Fee = Text(rule.Fee),
        FeeIsPercentage = rule.FeeIsPercentage,
        CaptureByHand = rule.CaptureByHand
    };

    /// <summary>Returns the stored rules with the rules of the page's rows added or replaced. Without rows, nothing changes.</summary>
    public static MethodRules Merge(MethodRules stored, IEnumerable<MethodRowModel> rows) => rows
        .Where(row => !string.IsNullOrWhiteSpace(row.Gateway))
        .Aggregate(stored, (rules, row) => row.Remove ? rules.Without(row.Gateway) : rules.With(row.Gateway.Trim(), RuleOf(row)));

    /// <summary>Parses a number with a decimal point or comma; the number is null for an empty text.</summary>
    /// <returns>Whether the text is empty or a number of at least 0.</returns>
    public static bool TryRead(string? text, out decimal? number)
    {
        number = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (!decimal.TryParse(text.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return false;
        number = value;
        return true;
    }

    /// <summary>Parses the country codes of a row, in upper case and without duplicates.</summary>
    public static IReadOnlyList<string> CountriesOf(string? text) =>
        [.. (text ?? string.Empty).Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Select(code => code.ToUpperInvariant()).Distinct()];

    /// <summary>Parses the ids of a row, separated by commas or spaces, without duplicates; none for an empty text.</summary>
    /// <returns>Whether the text contains only numbers above 0.</returns>
    public static bool TryReadIds(string? text, out IReadOnlyList<int> ids)
    {
        var parts = (text ?? string.Empty).Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
        List<int> read = [];
        foreach (var part in parts)
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
                read.Add(id);
        }

        ids = [.. read.Distinct()];
        return read.Count == parts.Length;
    }

    private static Dictionary<string, string> ByLanguage(MethodRowModel row, Func<MethodTitleModel, string?> text) => row.Titles
        .Where(title => title.LanguageId > 0 && !string.IsNullOrWhiteSpace(text(title))).DistinctBy(title => title.LanguageId)
        .ToDictionary(title => title.LanguageId.ToString(CultureInfo.InvariantCulture), title => text(title)!.Trim());

    private static MethodRule RuleOf(MethodRowModel row) => new()
    {
        Enabled = row.Enabled,
        Order = row.Order,
        Name = row.Name?.Trim(),
        Titles = ByLanguage(row, title => title.Text),
        Descriptions = ByLanguage(row, title => title.Description),
        Min = TryRead(row.Min, out var min) ? min : null,
        Max = TryRead(row.Max, out var max) ? max : null,
        Countries = CountriesOf(row.Countries),
        Roles = [.. row.Roles.Where(role => role.IsSelected).Select(role => role.Id).Distinct()],
        Categories = TryReadIds(row.Categories, out var categories) ? categories : [],
        ShippingMethods = [.. (row.ShippingMethods ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)],
        Fee = TryRead(row.Fee, out var fee) ? fee : null,
        FeeIsPercentage = row.FeeIsPercentage,
        CaptureByHand = row.CaptureByHand
    };

    private static string? Text(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture);
}

/// <summary>The field for the list of payment methods on the configuration page.</summary>
public class MethodsField() : SettingField<string?, List<MethodRowModel>>(settings => settings.Methods, model => model.Methods, _ => [], _ => null)
{
    /// <inheritdoc/>
    protected override string? ToSetting(ConfigurationModel model, List<MethodRowModel> rows, string? storedText) => rows.Count == 0
        ? storedText
        : MethodRows.Merge(MethodRules.Parse(storedText), rows).ToString();
}
