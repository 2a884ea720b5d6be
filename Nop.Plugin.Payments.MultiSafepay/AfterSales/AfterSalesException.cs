namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>An operation that the owner requested was not carried out or is not finished. The resource explains what that means and what to do.</summary>
/// <param name="resource">The resource key below <c>Plugins.Payments.MultiSafepay.AfterSales.</c></param>
/// <param name="arguments">The values of the resource's placeholders: amounts, ids and MultiSafepay's own texts; no personal data.</param>
public sealed class AfterSalesException(string resource, params string[] arguments) : Exception($"{resource} ({string.Join(", ", arguments)})")
{
    /// <summary>The resource key below <c>Plugins.Payments.MultiSafepay.AfterSales.</c></summary>
    public string Resource { get; } = resource;

    /// <summary>The values of the resource's placeholders.</summary>
    public IReadOnlyList<string> Arguments { get; } = arguments;
}
