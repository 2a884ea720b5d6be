using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using Microsoft.AspNetCore.Http;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// Customer data that a pay-later method requires and the shop does not have. It is sent with the request and stored nowhere in the shop: neither with the customer
/// nor with the order nor in a session.
/// </summary>
public sealed record RequiredCustomerData
{
    /// <summary>The date of birth, as yyyy-MM-dd.</summary>
    public string? Birthday { get; init; }

    /// <summary><c>M</c> or <c>F</c>.</summary>
    public string? Gender { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The IBAN, without spaces, in upper case.</summary>
    public string? BankAccount { get; init; }

    /// <summary>The type name only, because all properties are personal data.</summary>
    public override string ToString() => nameof(RequiredCustomerData);
}

/// <summary>A field of customer data in the payment step.</summary>
public enum CustomerField
{
    /// <summary>The date of birth.</summary>
    Birthday,

    /// <summary>The gender.</summary>
    Gender,

    /// <summary>The telephone number.</summary>
    Phone,

    /// <summary>The bank account.</summary>
    BankAccount
}

/// <summary>What is wrong with the customer's input.</summary>
public enum FieldProblem
{
    /// <summary>The field is empty.</summary>
    Missing,

    /// <summary>The value is invalid.</summary>
    Invalid
}

/// <summary>The fields of the payment step: which ones a method requires, their names in the form, and their validation.</summary>
public static class CustomerFields
{
    /// <summary>The name of the form field with the chosen gateway.</summary>
    public const string MethodField = "multisafepay-method";

    /// <summary>The name and the HTML id of the box by which the customer agrees to the later payments of a subscription.</summary>
    public const string ConsentField = "multisafepay-consent";

    /// <summary>What the value of <see cref="MethodField"/> begins with if it is a saved card; the card's id follows.</summary>
    public const string CardPrefix = "card:";

    /// <summary>The value for female, in MultiSafepay's (OpenAPI description, Gender) and nopCommerce's spelling.</summary>
    public const string Female = "F";

    /// <summary>The value for male, in MultiSafepay's (OpenAPI description, Gender) and nopCommerce's spelling.</summary>
    public const string Male = "M";

    private const int OldestInYears = 130;
    private const int MinIbanLength = 15;
    private const int MaxIbanLength = 34;

    private static readonly FrozenDictionary<string, CustomerField> _fields = new Dictionary<string, CustomerField>
    {
        ["birthday"] = CustomerField.Birthday,
        ["gender"] = CustomerField.Gender,
        ["phone"] = CustomerField.Phone,
        ["bank_account"] = CustomerField.BankAccount
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The fields that a method requires. All other customer data that MultiSafepay requires is in the billing address.</summary>
    public static IReadOnlyList<CustomerField> RequiredBy(PaymentMethod method) =>
        [.. method.RequiredCustomerData.Where(_fields.ContainsKey).Select(name => _fields[name]).Distinct().Order()];

    /// <summary>The name of the form field for a method.</summary>
    public static string NameOf(string gateway, CustomerField field) => $"multisafepay-{gateway}-{field}".ToLowerInvariant();

    /// <summary>The name of the form field by which the customer saves the card that is used for a method.</summary>
    public static string SaveCardNameOf(string gateway) => $"multisafepay-{gateway}-save".ToLowerInvariant();

    /// <summary>Reads and validates the customer's input for a method.</summary>
    /// <param name="method">The chosen method.</param>
    /// <param name="form">The form of the payment step.</param>
    /// <param name="today">The current date.</param>
    /// <returns>The data and the problems by field; the data may be used only if there are no problems.</returns>
    public static (RequiredCustomerData Facts, IReadOnlyDictionary<CustomerField, FieldProblem> Problems) Read(PaymentMethod method, IFormCollection form, DateOnly today)
    {
        var facts = new RequiredCustomerData();
        var problems = new Dictionary<CustomerField, FieldProblem>();
        foreach (var field in RequiredBy(method))
        {
            var text = form[NameOf(method.Id, field)].ToString().Trim();
            var value = Valid(field, text, today);
            if (value is null)
                problems[field] = text.Length == 0 ? FieldProblem.Missing : FieldProblem.Invalid;
            facts = field switch
            {
                CustomerField.Birthday => facts with { Birthday = value },
                CustomerField.Gender => facts with { Gender = value },
                CustomerField.Phone => facts with { Phone = value },
                _ => facts with { BankAccount = value }
            };
        }

        return (facts, problems);
    }

    /// <summary>Returns the value in MultiSafepay's format; null if it is invalid.</summary>
    internal static string? Valid(CustomerField field, string text, DateOnly today) => field switch
    {
        CustomerField.Birthday => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day < today && day > today.AddYears(-OldestInYears) ? text : null,
        CustomerField.Gender => text is Male or Female ? text : null,
        CustomerField.Phone => ContactDetails.Phone(text),
        _ => Iban(text)
    };

    // ISO 13616: country, two check digits, account number. With the first four characters moved to the end and letters as numbers, the remainder modulo 97 is 1.
    private static string? Iban(string text)
    {
        var iban = string.Concat(text.Where(letter => letter is not (' ' or '-' or '.'))).ToUpperInvariant();
        if (iban.Length is < MinIbanLength or > MaxIbanLength
            || !iban.All(char.IsAsciiLetterOrDigit)
            || !(char.IsAsciiLetter(iban[0]) && char.IsAsciiLetter(iban[1]) && char.IsAsciiDigit(iban[2]) && char.IsAsciiDigit(iban[3])))
            return null;

        var digits = string.Concat($"{iban[4..]}{iban[..4]}".Select(letter => char.IsAsciiDigit(letter)
            ? letter.ToString()
            : (letter - 'A' + 10).ToString(CultureInfo.InvariantCulture)));
        return BigInteger.Parse(digits, CultureInfo.InvariantCulture) % 97 == 1 ? iban : null;
    }
}
