using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.SavedCards;

/// <summary>What the shop makes of a token that MultiSafepay stores.</summary>
[TestFixture]
internal sealed class SavedCardTests
{
    private const string Reference = "0123456789abcdef0123456789abcdef";

    private static readonly DateOnly _today = new(2030, 6, 15);

    private static readonly PaymentToken _visa = new() { Token = "RdLbznU5a_s", Code = "VISA", Display = "Card xxxx xxxx xxxx 1111", ExpiryDate = "4512", Last4 = "1111", Model = "cardOnFile" };

    [TestCase("VISA", "1111", ExpectedResult = "Visa •••• 1111")]
    [TestCase("mastercard", "0004", ExpectedResult = "Mastercard •••• 0004")]
    [TestCase("AMEX", null, ExpectedResult = "American Express")]
    [TestCase("CREDITCARD", "1111", ExpectedResult = "Card •••• 1111")]
    [TestCase("VISA", "<b>1", ExpectedResult = "Visa")]
    public string A_card_is_called_by_its_brand_and_last_digits_and_never_by_the_display_text_of_a_token(string code, string? digits) =>
        From(_visa with { Code = code, Last4 = digits, Display = "<script>alert(1)</script>" })!.Text("Card");

    [TestCase("3005", false, ExpectedResult = "05/30 True")]
    [TestCase("3006", false, ExpectedResult = "06/30 False")]
    [TestCase("3006", true, ExpectedResult = "06/30 True")]
    [TestCase("4512", false, ExpectedResult = "12/45 False")]
    [TestCase("3013", false, ExpectedResult = " False")]
    [TestCase("", false, ExpectedResult = " False")]
    [TestCase(null, true, ExpectedResult = " True")]
    public string A_card_is_valid_until_the_end_of_its_month(string? expiryDate, bool isExpired)
    {
        var card = From(_visa with { ExpiryDate = expiryDate, IsExpired = isExpired })!;
        return $"{card.Expiry} {card.IsExpired}";
    }

    // The customer's first day of the next month may still be the last one of this month elsewhere.
    [Test]
    public void A_card_is_still_tried_on_the_day_after_its_last_month() => Assert.That(
        new[] { 1, 2 }.Select(day => SavedCard.From(_visa with { ExpiryDate = "3006" }, Reference, new DateOnly(2030, 7, day))!.IsExpired), Is.EqualTo(new[] { false, true }));

    [TestCase("IDEAL", "cardOnFile")]
    [TestCase("DIRDEB", "cardOnFile")]
    [TestCase("APPLEPAY", "cardOnFile")]
    [TestCase(null, "cardOnFile")]
    [TestCase("VISA", "subscription")]
    [TestCase("VISA", "unscheduled")]
    public void A_token_that_is_no_card_of_the_customer_is_no_saved_card(string? code, string model) => Assert.That(From(_visa with { Code = code, Model = model }), Is.Null);

    [Test]
    public void A_token_without_a_name_is_no_saved_card() => Assert.That(From(_visa with { Token = " " }), Is.Null);

    [Test]
    public void The_id_of_a_card_depends_on_customer_and_token_and_tells_neither()
    {
        var ids = new[] { From(_visa)!, From(_visa with { Token = "other" })!, SavedCard.From(_visa, "another", _today)! }.Select(card => card.Id).ToList();
        Assert.That(ids, Is.Unique.And.All.Match("^[0-9a-f]{20}$"));
        Assert.That(From(_visa)!.ToString(), Does.Not.Contain("1111").And.Not.Contain(_visa.Token).And.Not.Contain(ids[0]));
    }

    [TestCase("VISA", "VISA", "", ExpectedResult = "VISA")]
    [TestCase("VISA", "CREDITCARD:MASTERCARD+VISA", "", ExpectedResult = "CREDITCARD")]
    [TestCase("VISA", "CREDITCARD", "", ExpectedResult = "CREDITCARD")]
    [TestCase("VISA", "CREDITCARD:VISA VISA", "", ExpectedResult = "VISA")]
    [TestCase("VISA", "CREDITCARD:MASTERCARD", "", ExpectedResult = null)]
    [TestCase("VISA", "CREDITCARD:VISA", "VISA", ExpectedResult = null)]
    [TestCase("VISA", "MASTERCARD", "", ExpectedResult = null)]
    [TestCase("CREDITCARD", "CREDITCARD:VISA", "", ExpectedResult = "CREDITCARD")]
    [TestCase("CREDITCARD", "VISA MASTERCARD", "", ExpectedResult = null)]
    public string? A_card_belongs_to_the_method_of_its_brand_or_to_the_group_that_has_it(string code, string offered, string refused)
    {
        var methods = offered.Split(' ').Select(text => text.Split(':')).Select(parts => new PaymentMethod
        {
            Id = parts[0],
            Brands = [.. parts.Skip(1).SelectMany(brands => brands.Split('+')).Select(brand => new PaymentMethodBrand { Id = brand })]
        });
        var offer = new MethodAvailability([.. methods], refused.Length == 0 ? [] : [new RefusedMethod(refused, refused, [MethodRefusal.Disabled])], Problem: null, IsKnown: true);
        return OfferedCards.MethodOf(From(_visa with { Code = code })!, offer)?.Id;
    }

    private static SavedCard? From(PaymentToken token) => SavedCard.From(token, Reference, _today);
}
