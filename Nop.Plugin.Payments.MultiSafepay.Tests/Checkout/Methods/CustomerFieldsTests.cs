using Microsoft.AspNetCore.Http;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Methods;

/// <summary>What customers fill in for pay-later methods.</summary>
[TestFixture]
internal sealed class CustomerFieldsTests
{
    private static readonly DateOnly _today = new(2030, 1, 2);

    [TestCase(CustomerField.Birthday, "1980-12-31", ExpectedResult = "1980-12-31")]
    [TestCase(CustomerField.Birthday, "2030-01-01", ExpectedResult = "2030-01-01")]
    [TestCase(CustomerField.Birthday, "2030-01-02", ExpectedResult = null)]
    [TestCase(CustomerField.Birthday, "2031-01-01", ExpectedResult = null)]
    [TestCase(CustomerField.Birthday, "1899-12-31", ExpectedResult = null)]
    [TestCase(CustomerField.Birthday, "1981-02-29", ExpectedResult = null)]
    [TestCase(CustomerField.Birthday, "31-12-1980", ExpectedResult = null)]
    [TestCase(CustomerField.Gender, "M", ExpectedResult = "M")]
    [TestCase(CustomerField.Gender, "F", ExpectedResult = "F")]
    [TestCase(CustomerField.Gender, "male", ExpectedResult = null)]
    [TestCase(CustomerField.Phone, "+31 20 123 45 67", ExpectedResult = "+31 20 123 45 67")]
    [TestCase(CustomerField.Phone, "call me", ExpectedResult = null)]
    [TestCase(CustomerField.BankAccount, "NL91 ABNA 0417 1643 00", ExpectedResult = "NL91ABNA0417164300")]
    [TestCase(CustomerField.BankAccount, "nl91abna0417164300", ExpectedResult = "NL91ABNA0417164300")]
    [TestCase(CustomerField.BankAccount, "BE68 5390 0754 7034", ExpectedResult = "BE68539007547034")]
    [TestCase(CustomerField.BankAccount, "MT84MALT011000012345MTLCAST001S", ExpectedResult = "MT84MALT011000012345MTLCAST001S")]
    [TestCase(CustomerField.BankAccount, "NL91ABNA0417164301", ExpectedResult = null)]
    [TestCase(CustomerField.BankAccount, "NL91ABNA", ExpectedResult = null)]
    [TestCase(CustomerField.BankAccount, "0417164300", ExpectedResult = null)]
    [TestCase(CustomerField.BankAccount, "ＮＬ91ABNA0417164300", ExpectedResult = null)]
    public string? A_customer_field_is_validated_and_normalized(CustomerField field, string text) => CustomerFields.Valid(field, text, _today);

    [Test]
    public void An_IBAN_with_any_digit_changed_is_rejected()
    {
        const string good = "NL91ABNA0417164300";
        for (var place = 2; place < good.Length; place++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                var wrong = $"{good[..place]}{digit}{good[(place + 1)..]}";
                if (char.IsAsciiDigit(good[place]) && wrong != good)
                    Assert.That(CustomerFields.Valid(CustomerField.BankAccount, wrong, _today), Is.Null, wrong);
            }
        }
    }

    [Test]
    public void Only_the_fields_required_by_the_method_are_read()
    {
        var method = new PaymentMethod { Id = "IN3", RequiredCustomerData = ["first_name", "phone", "birthday", "email"] };
        var form = new FormCollection(new()
        {
            ["multisafepay-in3-birthday"] = "1980-12-31",
            ["multisafepay-in3-phone"] = "",
            ["multisafepay-in3-gender"] = "M",
            ["multisafepay-other-bankaccount"] = "NL91ABNA0417164300"
        });

        var (facts, problems) = CustomerFields.Read(method, form, _today);
        Assert.Multiple(() =>
        {
            Assert.That(CustomerFields.RequiredBy(method), Is.EqualTo(new[] { CustomerField.Birthday, CustomerField.Phone }));
            Assert.That(facts, Is.EqualTo(new RequiredCustomerData { Birthday = "1980-12-31" }));
            Assert.That(problems, Is.EquivalentTo(new Dictionary<CustomerField, FieldProblem> { [CustomerField.Phone] = FieldProblem.Missing }));
            Assert.That(facts.ToString(), Is.EqualTo("RequiredCustomerData"), "it is personal data, and says nothing");
        });
    }
}
