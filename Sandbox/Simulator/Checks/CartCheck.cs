using System.Text.Json;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Checks;

/// <summary>What a shopping cart adds up to: the items and the VAT, each rounded once, half up.</summary>
public readonly record struct CartTotal(decimal Items, decimal Tax)
{
    public decimal Total => Items + Tax;
}

/// <summary>MultiSafepay's arithmetic of shopping carts.</summary>
public static class CartCheck
{
    private const int MaxPriceDecimals = 10;

    // Beyond these no order of this account can be; they keep the arithmetic far from an overflow.
    private const decimal MaxPrice = 1_000_000_000;
    private const long MaxQuantity = 1_000_000;

    /// <summary>Refuses a cart that is missing where the method needs one, malformed, or worth something else than the order's amount.</summary>
    /// <exception cref="RefusalException">1025 to 1031.</exception>
    public static void Check(JsonElement order, Gateway? gateway, string currency, long amount)
    {
        var items = Fields.Array(Fields.Section(order, "shopping_cart"), "items");
        var options = Fields.Section(order, "checkout_options");
        var required = gateway is { CartRequired: true };
        var validate = Fields.IsTrue(options, "validate_cart");

        if (items.Count == 0)
        {
            if (required)
                throw new RefusalException(ErrorCode.ItemTaxRate, $"{gateway!.Id} requires a shopping cart");
            if (validate)
                throw new RefusalException(ErrorCode.CartAmount, "Cart amount must equal order amount: the cart is empty");
            return;
        }

        var total = Add(items, Fields.Section(options, "tax_tables"), currency, Fields.Text(Fields.Section(order, "customer"), "country"), gateway);
        if ((validate || required) && total.Total != Currencies.ToDecimal(amount, currency))
        {
            throw new RefusalException(ErrorCode.CartAmount, FormattableString.Invariant(
                $"Cart amount must equal order amount: items {total.Items} + tax {total.Tax} = {total.Total}, order {Currencies.ToDecimal(amount, currency)}"));
        }
    }

    /// <summary>Adds up items under their tax tables; a negative price is a discount or a refunded item.</summary>
    /// <exception cref="RefusalException">A price, quantity, currency or rate is malformed.</exception>
    public static CartTotal Add(IReadOnlyList<JsonElement> items, JsonElement taxTables, string currency, string? country, Gateway? gateway)
    {
        CheckCurrencies(items, currency);
        CheckRates(taxTables);

        decimal sum = 0, tax = 0;
        foreach (var item in items)
        {
            var value = Price(item) * Quantity(item);
            var rate = Rate(item, taxTables, country, gateway);
            if (gateway is { TaxRates.Count: > 0 } && !gateway.TaxRates.Contains(rate))
                throw new RefusalException(ErrorCode.ItemTaxRate, FormattableString.Invariant($"Incorrect item tax rate: {gateway.Id} does not take {rate}"));
            sum += value;
            tax += value * rate;
        }

        return new(Currencies.Round(sum, currency), Currencies.Round(tax, currency));
    }

    private static decimal Price(JsonElement item) =>
        Fields.TryDecimal(item, "unit_price", out var price) && decimal.Round(price, MaxPriceDecimals) == price && Math.Abs(price) <= MaxPrice
            ? price
            : throw new RefusalException(ErrorCode.ItemPrice, "Incorrect item price");

    private static long Quantity(JsonElement item) =>
        Fields.TryWhole(item, "quantity", out var quantity) && quantity is > 0 and <= MaxQuantity
            ? quantity
            : throw new RefusalException(ErrorCode.ItemPrice, "Incorrect item price: quantity must be a whole number above 0");

    // A selector without a table of that name falls back to the default table, as in MultiSafepay's own reference code.
    private static decimal Rate(JsonElement item, JsonElement taxTables, string? country, Gateway? gateway)
    {
        var selector = Fields.Text(item, "tax_table_selector");
        if (selector is not null)
        {
            foreach (var table in Fields.Array(taxTables, "alternate"))
            {
                if (Fields.Text(table, "name") == selector)
                    return RateOf(Fields.Array(table, "rules"), country);
            }
        }

        if (Fields.TryDecimal(Fields.Section(taxTables, "default"), "rate", out var rate))
            return rate;
        if (gateway is { CartRequired: true })
            throw new RefusalException(ErrorCode.ItemTaxRate, $"Incorrect item tax rate: no tax table {selector ?? "default"}");
        return 0;
    }

    private static decimal RateOf(IReadOnlyList<JsonElement> rules, string? country)
    {
        var rule = rules.FirstOrDefault(rule => country is not null && Fields.Text(rule, "country") == country);
        if (rule.ValueKind == JsonValueKind.Undefined)
            rule = rules.FirstOrDefault(rule => Fields.Text(rule, "country") is null);
        if (rule.ValueKind == JsonValueKind.Undefined && rules.Count > 0)
            rule = rules[0];
        return Fields.TryDecimal(rule, "rate", out var rate) ? rate : 0;
    }

    private static void CheckRates(JsonElement taxTables)
    {
        var rates = Fields.Array(taxTables, "alternate").SelectMany(table => Fields.Array(table, "rules"));
        var standard = Fields.Section(taxTables, "default");
        if (standard.ValueKind == JsonValueKind.Object)
            rates = rates.Append(standard);

        foreach (var rule in rates)
        {
            if (!Fields.TryDecimal(rule, "rate", out var rate) || rate is < 0 or > 1)
                throw new RefusalException(ErrorCode.TaxRate, "Incorrect custom tax rate: a fraction such as 0.21 is expected");
        }
    }

    private static void CheckCurrencies(IReadOnlyList<JsonElement> items, string currency)
    {
        var currencies = items.Select(item => Fields.Text(item, "currency")).OfType<string>().Distinct().ToList();
        if (currencies.Count > 1)
            throw new RefusalException(ErrorCode.CartCurrencies, "Multiple currencies in cart");
        if (currencies.Count == 1 && currencies[0] != currency)
            throw new RefusalException(Currencies.IsSupported(currencies[0]) ? ErrorCode.CartCurrency : ErrorCode.ItemCurrency, "Cart currency different to order currency");
    }
}
