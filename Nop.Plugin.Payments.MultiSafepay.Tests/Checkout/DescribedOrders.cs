using Nop.Core.Domain.Common;
using Nop.Core.Domain.Tax;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>An order in words, with the payment method that it is paid with.</summary>
internal sealed record DescribedOrder(string Name, Func<OrderBuilder> Place, MethodChoice Method)
{
    /// <summary>The schema that MultiSafepay's description has for the method.</summary>
    public string Schema => Method.Gateway switch
    {
        null => "orders/PaymentPage.yaml",
        "IDEAL" or "MISTERCASH" or "DIRECTBANK" => "orders/Banking.yaml",
        "CREDITCARD" or "VISA" => "orders/CreditCard.yaml",
        "PAYPAL" => "orders/Wallet.yaml",
        "FASHIONCHQ" => "orders/PrepaidCard.yaml",
        _ => "orders/BNPL.yaml"
    };

    public override string ToString() => Name;
}

/// <summary>Every feature of an order, alone and together, in four currencies and six countries.</summary>
internal static class DescribedOrders
{
    private static readonly (string Country, string Culture, string Currency, decimal Rate, string? Gateway)[] _places =
    [
        ("NL", "nl-NL", "EUR", 1, null),
        ("NL", "nl-NL", "EUR", 1, "IDEAL"),
        ("BE", "nl-BE", "EUR", 1, "MISTERCASH"),
        ("DE", "de-CH", "EUR", 1, "KLARNA"),
        ("FR", "fr-FR", "EUR", 1, "CREDITCARD"),
        ("GB", "en-GB", "GBP", 0.8537m, "KLARNA"),
        ("US", "en-US", "USD", 1.0847m, "PAYPAL"),
        ("US", "pt-PT", "JPY", 163.27m, null),
        ("NL", "nl-NL", "EUR", 1, "BILLINK"),
        ("DE", "de-DE", "JPY", 163.27m, "VISA"),
        ("BE", "fr-BE", "USD", 1.0847m, null),
        ("NL", "tr-TR", "EUR", 1, "FASHIONCHQ"),
        ("GB", "en-GB", "GBP", 0.8537m, null)
    ];

    // The second value: whether a pay-later method could take it. It has to know who buys and where the goods go.
    private static readonly (string Name, bool PayLater, Func<OrderBuilder, OrderBuilder> Order)[] _features =
    [
        ("one item", true, builder => builder.Buy("Kettle", 49.95m, 21)),
        ("prices without tax", true, builder => builder.With(ExclTax).Buy("Kettle", 41.28m, 21).Buy("Tea", 3.33m, 9, 3)),
        ("several rates", true, builder => builder.Buy("Kettle", 49.95m, 21).Buy("Tea", 3.49m, 9, 7).Buy("Voucher", 10, 0)),
        ("exempt customer", true, builder => builder.Buy("Kettle", 41.28m, 0).Buy("Tea", 3.2m, 0, 2)),
        ("fractions of cents", true, builder => builder.With(ExclTax).Buy("Screw", 0.0333m, 21, 1000).Buy("Nut", 0.0149m, 21, 777)),
        ("quantity three for ten", true, builder => builder.Buy("Sock", 3.3333m, 21, 3)),
        ("free item", true, builder => builder.Buy("Kettle", 49.95m, 21).Buy("Sample", 0, 21, 2)),
        ("product attributes", true, builder => builder.Buy("Shirt <b>XL</b> &amp; more", 25, 21, 1, "Color: Red<br />Size: XL [+€2.00]<br />")),
        ("gift wrapping", true, builder => builder.Buy("Kettle", 49.95m, 21).Wrap(5, 21)),
        ("checkout attributes of two rates", true, builder => builder.Buy("Kettle", 49.95m, 21).Buy("Tea", 3.49m, 9).Wrap(5, 21).Wrap(2, 9, "Wrapping and flowers")),
        ("checkout attribute without words", true, builder => builder.Buy("Kettle", 49.95m, 21).Wrap(5, 21, null)),
        ("shipping", true, builder => builder.Buy("Kettle", 49.95m, 21).Ship(6.95m, 21)),
        ("shipping without a name", true, builder => builder.Buy("Kettle", 49.95m, 21).Ship(6.95m, 21, null)),
        ("payment fee", true, builder => builder.Buy("Kettle", 49.95m, 21).Fee(1.5m, 21)),
        ("payment discount", true, builder => builder.Buy("Kettle", 49.95m, 21).Fee(-1.5m, 21)),
        ("discount on the subtotal", true, builder => builder.Buy("Kettle", 49.95m, 21).Buy("Tea", 3.49m, 9, 7).DiscountSubtotal(15)),
        ("discount on the total", true, builder => builder.Buy("Kettle", 49.95m, 21).Ship(6.95m, 21).DiscountTotal(7.77m)),
        ("gift card", true, builder => builder.Buy("Kettle", 49.95m, 21).GiftCard(20)),
        ("gift cards beyond the net price", true, builder => builder.Buy("Kettle", 49.95m, 21).GiftCard(30).GiftCard(14.44m)),
        ("reward points", true, builder => builder.Buy("Kettle", 49.95m, 21).Points(3.21m)),
        ("everything", true, builder => builder.Buy("Kettle", 49.95m, 21).Buy("Tea", 3.49m, 9, 7).Wrap(5, 21).Ship(6.95m, 21).Fee(1.5m, 21)
            .DiscountSubtotal(12.5m).DiscountTotal(3.33m).GiftCard(10).Points(1.23m)),
        ("everything without tax in the prices", true, builder => builder.With(ExclTax).Buy("Kettle", 41.28m, 21).Buy("Tea", 3.19m, 9, 7).Wrap(4.13m, 21).Ship(5.74m, 21)
            .Fee(1.24m, 21).DiscountSubtotal(12.5m).DiscountTotal(3.33m).GiftCard(10).Points(1.23m)),
        ("edited total", true, builder => builder.Buy("Kettle", 49.95m, 21).With(w => w.Order.OrderTotal = 33.33m)),
        ("nothing shipped", false, builder => builder.Buy("E-book", 9.99m, 9).With(w => w.Order.ShippingAddressId = null)),
        ("nothing shipped, paid later", true, builder => builder.Buy("Course", 99.99m, 21).With(w => w.Order.ShippingAddressId = null)),
        ("pickup in the store", true, builder => builder.Buy("Kettle", 49.95m, 21).With(Pickup)),
        ("street without a number", false, builder => builder.Buy("Kettle", 49.95m, 21).With(w => w.Addresses[2].Address1 = "Rose Cottage, Church Lane")),
        ("number in the second line", true, builder => builder.Buy("Kettle", 49.95m, 21).With(w => (w.Addresses[2].Address1, w.Addresses[2].Address2) = ("Kraanspoor", "39 C"))),
        ("number in an attribute", true, builder => builder.Buy("Kettle", 49.95m, 21).With(HouseNumberAttribute)),
        ("company only", false, builder => builder.Buy("Kettle", 49.95m, 21).With(w => EachAddress(w, a => (a.FirstName, a.LastName, a.Company) = (null, "", "Difference Engines Ltd")))),
        ("address fields switched off", false, builder => builder.Buy("Kettle", 49.95m, 21).With(w => EachAddress(w, Strip))),
        ("no addresses at all", false, builder => builder.Buy("E-book", 9.99m, 9).With(w => w.Addresses.Clear())),
        ("long fields", true, builder => builder.Buy(new string('W', 400), 49.95m, 21).With(w => EachAddress(w, Lengthen))),
        ("emoji and markup", true, builder => builder.Buy("🎁 <i>Kettle</i>\u0007 &quot;XL&quot;", 49.95m, 21).With(w => EachAddress(w, Decorate))),
        ("invalid e-mail, phone and addresses of machines", false, builder => builder.Buy("Kettle", 49.95m, 21).With(Damage)),
        ("behind a proxy", true, builder => builder.Buy("Kettle", 49.95m, 21).With(w => w.Http!.Request.Headers["X-Forwarded-For"] = "unknown, [2001:db8::7]:4711, 10.0.0.1")),
        ("cart switched off", true, builder => builder.Buy("Kettle", 49.95m, 21).With(w => w.Settings.SendCart = false)),
        ("all options", true, builder => builder.Buy("Kettle", 49.95m, 21).With(Options))
    ];

    public static IReadOnlyList<DescribedOrder> All { get; } = [.. Describe()];

    // Each feature in four places, and every place with "everything" and with "one item".
    private static IEnumerable<DescribedOrder> Describe()
    {
        for (var feature = 0; feature < _features.Length; feature++)
        {
            var (name, payLater, order) = _features[feature];
            var everywhere = name is "one item" or "everything";
            for (var place = 0; place < _places.Length; place++)
            {
                var (country, culture, currency, rate, gateway) = _places[place];
                var method = new MethodChoice { Gateway = gateway, RequiredCustomerData = gateway == "BILLINK" ? ["birthday", "gender", "phone", "email"] : [] };
                if ((!everywhere && (place + feature) % 3 != 0) || (method.IsPayLater && !payLater))
                    continue;

                var number = FormattableString.Invariant($"{feature + 1}-{place + 1}");
                yield return new DescribedOrder(
                    $"{name}, {country} {currency} {gateway ?? "payment page"}",
                    () => order(new OrderBuilder(country).In(currency, rate).With(builder => (builder.Culture, builder.Order.CustomOrderNumber) = (culture, number))),
                    method);
            }
        }
    }

    private static void ExclTax(OrderBuilder builder) => builder.Order.CustomerTaxDisplayType = TaxDisplayType.ExcludingTax;

    private static void EachAddress(OrderBuilder builder, Action<Address> change)
    {
        foreach (var address in builder.Addresses.Values)
            change(address);
    }

    private static void Pickup(OrderBuilder builder)
    {
        (builder.Order.PickupInStore, builder.Order.PickupAddressId, builder.Order.ShippingAddressId) = (true, 3, null);
        builder.Addresses[3] = new Address { Address1 = "Stationsplein 9 K", City = "Utrecht", ZipPostalCode = "3511 CE", CountryId = 1 };
    }

    private static void HouseNumberAttribute(OrderBuilder builder)
    {
        builder.Settings.HouseNumberAttribute = "House number, 8";
        builder.AddressAttributes[7] = new AddressAttribute { Id = 7, Name = "House number" };
        builder.AddressAttributes[8] = new AddressAttribute { Id = 8, Name = "Suffix" };
        EachAddress(builder, address => (address.Address1, address.CustomAttributes) = ("Kraanspoor", "7=39;8=C"));
    }

    private static void Strip(Address address)
    {
        (address.Address1, address.City, address.ZipPostalCode, address.PhoneNumber, address.CountryId, address.StateProvinceId) = (null, null, "", " ", null, null);
    }

    private static void Lengthen(Address address)
    {
        var text = string.Concat(Enumerable.Repeat("Überlänge ", 30));
        (address.FirstName, address.LastName, address.Company, address.City, address.ZipPostalCode) = (text, text, text, text, text);
        (address.Address1, address.Address2, address.StateProvinceId) = ($"{text} 12345 bus 12345", text, 2);
    }

    private static void Decorate(Address address)
    {
        (address.FirstName, address.LastName) = ("J", "<b>O'Neil</b> &amp; Sons \U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600");
        address.City = "\u202EAmsterdam\u0000";
    }

    private static void Damage(OrderBuilder builder)
    {
        EachAddress(builder, address => (address.Email, address.PhoneNumber) = ("not an address", "call me"));
        builder.Order.CustomerIp = "nowhere";
        builder.Http!.Request.Headers["X-Forwarded-For"] = "nowhere, 1, 300.1.1.1";
        builder.Http.Request.Headers.UserAgent = "";
    }

    private static void Options(OrderBuilder builder)
    {
        builder.Settings.DescriptionTemplate = "Order {order_number} ({order_id}) at {store_name} " + new string('x', 300);
        builder.Settings.OrderIdTemplate = "SHOP{store_id}_{order_number}";
        (builder.Settings.LinkLifetime, builder.Settings.LinkLifetimeUnit) = (90, LifetimeUnit.Minutes);
        (builder.Settings.SecondChance, builder.Settings.TemplateId) = (true, "template-1");
    }
}
