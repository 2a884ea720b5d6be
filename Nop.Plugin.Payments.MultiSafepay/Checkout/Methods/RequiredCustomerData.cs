using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using Microsoft.AspNetCore.Http;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// What a pay-later method wants to know of the customer and the shop does not. It is passed on with the request and stored nowhere: not with the customer,
/// not with the order, not in a session.
/// </summary>
public sealed record RequiredCustomerData
{
    /// <summary>Date of birth, yyyy-MM-dd.</summary>
    public string? Birthday { get; init; }

    /// <summary><c>M</c> or <c>F</c>.</summary>
    public string? Gender { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The IBAN, without spaces.</summary>
    public string? BankAccount { get; init; }

    /// <summary>Says nothing: this is all personal data.</summary>
    public override string ToString() => nameof(RequiredCustomerData);
}

/// <summary>A fact that the customer is asked for in the payment step.</summary>
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

/// <summary>What is wrong with what the customer filled in.</summary>
public enum FieldProblem
{
    /// <summary>Nothing was.</summary>
    Missing,

    /// <summary>It cannot be right.</summary>
    Invalid
}

/// <summary>The fields of the payment step: which a method needs, how they are named in the form, and what may be filled in.</summary>
public static class CustomerFields
{
    /// <summary>The form's field with the chosen gateway.</summary>
    public const string MethodField = "multisafepay-method";

    /// <summary>A woman, in MultiSafepay's and nopCommerce's spelling.</summary>
    public const string Female = "F";

    /// <summary>A man, in MultiSafepay's and nopCommerce's spelling.</summary>
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

    /// <summary>What the customer is asked for. Everything else that MultiSafepay requires of a customer is in the billing address.</summary>
    public static IReadOnlyList<CustomerField> RequiredBy(PaymentMethod method) =>
        [.. method.RequiredCustomerData.Where(_fields.ContainsKey).Select(name => _fields[name]).Distinct().Order()];

    /// <summary>The form's name of a field of a method.</summary>
    public static string NameOf(string gateway, CustomerField field) => $"multisafepay-{gateway}-{field}".ToLowerInvariant();

    /// <summary>Reads what was filled in for a method.</summary>
    /// <param name="method">The chosen method.</param>
    /// <param name="form">The step's form.</param>
    /// <param name="today">The customer's today.</param>
    /// <returns>The facts, and what is wrong with them; the facts are of use only when nothing is.</returns>
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

    /// <summary>The value as MultiSafepay takes it, or null when it cannot be right.</summary>
    internal static string? Valid(CustomerField field, string text, DateOnly today) => field switch
    {
        CustomerField.Birthday => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day < today && day > today.AddYears(-OldestInYears) ? text : null,
        CustomerField.Gender => text is Male or Female ? text : null,
        CustomerField.Phone => ContactDetails.Phone(text),
        _ => Iban(text)
    };

    // ISO 13616: country, two check digits, account; the whole, with the first four at the end and letters as numbers, is 1 modulo 97.
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
