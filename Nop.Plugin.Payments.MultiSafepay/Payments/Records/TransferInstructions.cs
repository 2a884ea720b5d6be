using System.Text.RegularExpressions;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>What the customer needs for a bank transfer that was started in the shop. The account is MultiSafepay's, so nothing of it is personal.</summary>
/// <param name="Iban">The IBAN, without spaces.</param>
/// <param name="Reference">The reference that the customer has to enter.</param>
/// <param name="Bic">The BIC; null if MultiSafepay gave none.</param>
/// <param name="Holder">The name of the account's holder; null if MultiSafepay gave none.</param>
public sealed partial record TransferInstructions(string Iban, string Reference, string? Bic = null, string? Holder = null)
{
    /// <summary>How long MultiSafepay waits for a transfer (docs.multisafepay.com, Bank transfer: transactions expire after 60 days).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(60);

    private const int MaxNameLength = 70;
    private const int GroupLength = 4;

    /// <summary>Reads MultiSafepay's answer.</summary>
    /// <returns>Null if there is no account or no reference in it.</returns>
    public static TransferInstructions? From(BankTransferDetails? details)
    {
        var iban = Spaces().Replace(details?.DestinationHolderIban ?? string.Empty, string.Empty).ToUpperInvariant();
        var reference = details?.Reference?.Trim() ?? string.Empty;
        return IbanPattern().IsMatch(iban) && ReferencePattern().IsMatch(reference)
            ? new TransferInstructions(iban, reference, Line(details!.DestinationHolderSwift), Line(details.DestinationHolderName))
            : null;
    }

    /// <summary>The IBAN in groups of four, as people read it.</summary>
    public string IbanInGroups() => string.Join(' ', Iban.Chunk(GroupLength).Select(group => new string(group)));

    private static string? Line(string? text) => OrderNotesAndLog.Clean(text) is { Length: > 0 } line ? FieldText.Cut(line, MaxNameLength) : null;

    // An IBAN by ISO 13616. MultiSafepay's references are 16 digits; others of up to 35 characters, as SEPA allows, are accepted. No source; chosen.
    [GeneratedRegex(@"\s", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^[A-Z]{2}\d{2}[A-Z0-9]{8,30}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IbanPattern();

    [GeneratedRegex(@"^[A-Za-z0-9+/-]{1,35}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ReferencePattern();
}
