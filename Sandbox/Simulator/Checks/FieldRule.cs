using System.Globalization;
using System.Net.Mail;
using System.Text.Json;

namespace Sandbox.Simulator.Checks;

/// <summary>In which form a text must be.</summary>
public enum FieldFormat
{
    Text,
    Date,
    Email,
    Country,
    Number,
}

/// <summary>What one field of a request may hold. An absent or empty field breaks no rule.</summary>
/// <param name="Path">The members on the way to the field, with dots; <c>[]</c> stands for every element of a list.</param>
/// <param name="Source">Where MultiSafepay says so: a file of its OpenAPI description, or its PHP SDK.</param>
public sealed record FieldRule(string Path, string Source)
{
    /// <summary>The fewest characters.</summary>
    public int Shortest { get; init; }

    /// <summary>The most characters.</summary>
    public int Longest { get; init; } = int.MaxValue;

    /// <summary>The only values; empty: any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public FieldFormat Format { get; init; }

    /// <summary>The least value of a <see cref="FieldFormat.Number"/>.</summary>
    public decimal Least { get; init; } = decimal.MinValue;

    /// <summary>The greatest value of a <see cref="FieldFormat.Number"/>.</summary>
    public decimal Most { get; init; } = decimal.MaxValue;

    /// <summary>The error code of a value that breaks the rule.</summary>
    public int Code { get; init; } = Api.ErrorCode.General;

    /// <summary>What is wrong with a body; null if nothing is.</summary>
    public string? ProblemIn(JsonElement body) =>
        Fields.At(body, Path).Select(Problem).FirstOrDefault(problem => problem is not null) is { } found ? $"Invalid {Path}: {found} ({Source})" : null;

    private string? Problem(string text)
    {
        // JSON Schema counts characters, not UTF-16 code units.
        var length = text.EnumerateRunes().Count();
        if (length < Shortest || length > Longest)
            return FormattableString.Invariant($"{length} characters, allowed are {Shortest} to {Longest}");
        if (Values.Count > 0 && !Values.Contains(text, StringComparer.Ordinal))
            return $"{text} is none of {string.Join(", ", Values)}";
        return Format switch
        {
            FieldFormat.Date when !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => "not a date as yyyy-MM-dd",
            FieldFormat.Email when !MailAddress.TryCreate(text, out var address) || address.Address != text => "not an e-mail address",
            FieldFormat.Country when !Countries.IsKnown(text) => "not a country as ISO 3166-1 alpha-2",
            FieldFormat.Number when !decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) || number < Least || number > Most =>
                FormattableString.Invariant($"not a number from {Least} to {Most}"),
            _ => null,
        };
    }
}

/// <summary>The fields that an order must have.</summary>
/// <param name="Gateways">The gateways and <see cref="Gateways.GatewayKind"/>s that the rule is about, with spaces; <see cref="PaymentPage"/> for an order without a gateway.</param>
/// <param name="Paths">The fields, with spaces. One that ends with <c>?</c> must be there and may be empty.</param>
/// <param name="Source">Where MultiSafepay says so.</param>
public sealed record RequiredFields(string Gateways, string Paths, string Source)
{
    public const string PaymentPage = "PaymentPage";

    /// <summary>Whether the rule is about direct orders only.</summary>
    public bool IsDirect { get; init; }

    /// <summary>A part without which the rule does not apply; null: it always does.</summary>
    public string? With { get; init; }

    /// <summary>The first required field that a body lacks; null if it lacks none.</summary>
    public string? MissingIn(JsonElement body, Simulator.Gateways.Gateway? gateway, string type)
    {
        var gateways = Gateways.Split(' ');
        if ((IsDirect && type != "direct") || (With is not null && Fields.Section(body, With).ValueKind == JsonValueKind.Undefined)
            || (!gateways.Contains(gateway?.Id ?? PaymentPage) && !gateways.Contains(gateway?.Kind.ToString())))
            return null;
        var missing = Paths.Split(' ').FirstOrDefault(path => path.EndsWith('?') ? !Fields.IsThere(body, path[..^1]) : !Fields.At(body, path).Any() && !Fields.IsFilled(body, path));
        return missing is null ? null : $"Invalid {missing.TrimEnd('?')}: it is required for {gateway?.Id ?? PaymentPage} ({Source})";
    }
}
