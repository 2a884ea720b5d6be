namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Something that the owner asked for was not done, or is not finished. The resource tells what it means and what to do.</summary>
/// <param name="resource">The resource key below <c>Plugins.Payments.MultiSafepay.AfterSales.</c></param>
/// <param name="arguments">What the resource's placeholders stand for: amounts, ids, MultiSafepay's own words; nothing personal.</param>
public sealed class AfterSalesException(string resource, params string[] arguments) : Exception($"{resource} ({string.Join(", ", arguments)})")
{
    /// <summary>The resource key below <c>Plugins.Payments.MultiSafepay.AfterSales.</c></summary>
    public string Resource { get; } = resource;

    /// <summary>What the resource's placeholders stand for.</summary>
    public IReadOnlyList<string> Arguments { get; } = arguments;
}
