using Nop.Core.Domain.Catalog;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Data;

/// <summary>The products: awkward cents, every tax rate, a long name with accents, one that is nearly sold out, one without shipping, one for free, and two that are sent at intervals.</summary>
internal static class SampleProducts
{
    private const int Kitchen = 1;
    private const int Pans = 2;
    private const int Food = 3;
    private const int Books = 4;
    private const int GiftCards = 5;

    public static IEnumerable<Product> All() =>
    [
        Make("STROOP-01", "Stroopwafelijzer", "Gietijzer, voor op het gas en op inductie.", 34.95m, TaxCalculator.Standard, 1.9m),
        Make("KOFFIE-1KG", "Koffiebonen Oude Haven, 1 kg", "Donker gebrand, met een hint van cacao.", 16.49m, TaxCalculator.Reduced, 1m),
        Make("BOEK-118", "Kookboek ‘Van zee en polder’", "118 recepten uit de delta, met foto's.", 27.99m, TaxCalculator.Reduced, 1.2m),
        Make("THEEDOEK-3", "Theedoeken, set van 3", "Halflinnen, geruit.", 12.33m, TaxCalculator.Standard, 0.3m),
        Make("BRAADPAN-28", "Handgemaakte geëmailleerde gietijzeren braadpan met deksel, 28 cm, in de kleur Zeeuws blauw – geschikt voor inductie, gas, elektrisch en de oven (vaatwasserbestendig)",
            "Levenslang plezier; “een erfstuk”, zegt de maker & zijn dochter.", 149.95m, TaxCalculator.Standard, 6.4m),
        Make("PEPER-02", "Pepermolen van beukenhout", "De laatste drie.", 19.99m, TaxCalculator.Standard, 0.4m, stock: 3),
        Make("LEPEL-1", "Houten lepel", "Eén cent duurder dan een euro.", 1.01m, TaxCalculator.Standard, 0.05m),
        Make("BON-25", "Cadeaubon", "Voor meervoudig gebruik, dus zonder btw.", 25.00m, TaxCalculator.Zero, 0m, ships: false),
        Make("PDF-07", "Receptenboekje (PDF)", "Direct te downloaden.", 4.99m, TaxCalculator.Reduced, 0m, ships: false),
        Make("PROEF-0", "Proefzakje thee", "Gratis: een bestelling van nul euro.", 0m, TaxCalculator.Reduced, 0.01m, ships: false),
        Repeat(Make("KOFFIEBOX", "Koffiebox van de maand", "Elke maand een andere brander, drie maanden lang.", 19.95m, TaxCalculator.Reduced, 1m), 1, RecurringProductCyclePeriod.Months, 3),
        Repeat(Make("MAGAZINE", "Jaarabonnement ‘De Koperen Pan’", "Twee jaar lang recepten en achtergronden, per jaar betaald.", 48.50m, TaxCalculator.Reduced, 0m, ships: false),
            1, RecurringProductCyclePeriod.Years, 2),
    ];

    /// <summary>The categories; a category comes after the one that it is part of.</summary>
    public static IEnumerable<Category> Categories() =>
    [
        new() { Name = "Keuken", Published = true },
        new() { Name = "Pannen en bakijzers", ParentCategoryId = Kitchen, Published = true },
        new() { Name = "Eten en drinken", Published = true },
        new() { Name = "Boeken", Published = true },
        new() { Name = "Cadeaubonnen", Published = true },
    ];

    /// <summary>Which product is in which category.</summary>
    public static IEnumerable<ProductCategory> Links(IEnumerable<Product> products) => products.Select(product => new ProductCategory
    {
        ProductId = product.Id,
        CategoryId = product.Sku switch
        {
            "STROOP-01" or "BRAADPAN-28" => Pans,
            "KOFFIE-1KG" or "PROEF-0" or "KOFFIEBOX" => Food,
            "BOEK-118" or "PDF-07" or "MAGAZINE" => Books,
            "BON-25" => GiftCards,
            _ => Kitchen
        }
    });

    private static Product Repeat(Product product, int length, RecurringProductCyclePeriod period, int cycles)
    {
        (product.IsRecurring, product.RecurringCycleLength, product.RecurringCyclePeriod, product.RecurringTotalCycles) = (true, length, period, cycles);
        return product;
    }

    private static Product Make(string sku, string name, string description, decimal price, int taxCategoryId, decimal weight, int stock = 100_000, bool ships = true) => new()
    {
        Sku = sku,
        Name = name,
        ShortDescription = description,
        Price = price,
        TaxCategoryId = taxCategoryId,
        Weight = weight,
        ManageInventoryMethod = ManageInventoryMethod.ManageStock,
        StockQuantity = stock,
        IsShipEnabled = ships,
        IsDownload = !ships,
        Published = true,
        Gtin = "",
        ManufacturerPartNumber = sku,
    };
}
