using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Transactions;

/// <summary>The documented reasons of refused card payments have words (docs.multisafepay.com, Card payment errors, as of August 2025), and nobody reads a mere code or SUCCESS.</summary>
[TestFixture]
internal sealed class PaymentReasonsTests
{
    [TestCase("3001", "3DS Authentication Failed / Card authentication failed", PaymentReason.Authentication)]
    [TestCase("3002", "3DS Authentication Failed / Unknown device", PaymentReason.Authentication)]
    [TestCase("3003", "Authentication Failed / Unsupported device", PaymentReason.Authentication)]
    [TestCase("3004", "3DS Authentication Failed / Exceeds authentication frequency limit", PaymentReason.Authentication)]
    [TestCase("3005", "3DS Authentication Failed / Expired card", PaymentReason.Card)]
    [TestCase("3006", "3DS Authentication Failed / Invalid card number", PaymentReason.Card)]
    [TestCase("3007", "3DS Authentication Failed / Invalid transaction", PaymentReason.Authentication)]
    [TestCase("3008", "3DS Authentication Failed / No Card record", PaymentReason.Card)]
    [TestCase("3009", "3DS Authentication Failed / Security failure", PaymentReason.Authentication)]
    [TestCase("3010", "3DS Authentication Failed / Stolen card", PaymentReason.Blocked)]
    [TestCase("3011", "3DS Authentication Failed / Suspected fraud", PaymentReason.Blocked)]
    [TestCase("3012", "3DS Authentication Failed / Transaction not permitted to the cardholder", PaymentReason.Bank)]
    [TestCase("4001", "Do not honor", PaymentReason.Bank)]
    [TestCase("4002", "Insufficient funds", PaymentReason.Funds)]
    [TestCase("4003", "Suspected fraud", PaymentReason.Blocked)]
    [TestCase("4004", "Soft decline", PaymentReason.Authentication)]
    [TestCase("4005", "Expired card, or Invalid Account Number", PaymentReason.Card)]
    [TestCase("4999", "Refer to the card issuer", PaymentReason.Bank)]
    [TestCase("4999", "Invalid merchant or service provider", PaymentReason.Bank)]
    [TestCase("4999", "Pick up the card, special conditions", PaymentReason.Blocked)]
    [TestCase("4999", "Cardholder not enrolled in service", PaymentReason.Authentication)]
    [TestCase("4999", "Transaction timed out (ACS)", PaymentReason.Authentication)]
    [TestCase("4999", "Invalid amount", PaymentReason.Funds)]
    [TestCase("4999", "Invalid card, or account number", PaymentReason.Card)]
    [TestCase("4999", "Invalid issuer", PaymentReason.Card)]
    [TestCase("4999", "Re-enter transaction", PaymentReason.Temporary)]
    [TestCase("4999", "File temporarily unavailable", PaymentReason.Temporary)]
    [TestCase("4999", "Insufficient funds or over credit limit", PaymentReason.Funds)]
    [TestCase("4999", "Invalid PIN", PaymentReason.Card)]
    [TestCase("4999", "Transaction not permitted to cardholder", PaymentReason.Bank)]
    [TestCase("4999", "Transaction not permitted to acquirer or terminal", PaymentReason.Account)]
    [TestCase("4999", "Restricted card", PaymentReason.Blocked)]
    [TestCase("4999", "PIN tries exceeded", PaymentReason.Blocked)]
    [TestCase("4999", "Invalid or non-existent account", PaymentReason.Blocked)]
    [TestCase("4999", "Negative CAM, dCVV, iCVV, or CVV results", PaymentReason.Card)]
    [TestCase("4999", "Authorization or issuer system inoperative", PaymentReason.Temporary)]
    [TestCase("4999", "Unable to route the transaction", PaymentReason.Temporary)]
    [TestCase("4999", "Transaction cannot be completed", PaymentReason.Bank)]
    [TestCase("4999", "System error", PaymentReason.Temporary)]
    [TestCase("4999", "Card type verification error", PaymentReason.Card)]
    [TestCase("4999", "Stop payment order", PaymentReason.Bank)]
    [TestCase("4999", "Revocation of all authorizations order", PaymentReason.Bank)]
    [TestCase("4999", "Decline for CVV2 failure", PaymentReason.Card)]
    [TestCase("4999", "Additional customer authentication required", PaymentReason.Authentication)]
    [TestCase("4999", "Declined by MultiSafepay", PaymentReason.FraudFilter)]
    [TestCase("4999", "3D Secure authentication cancelled", PaymentReason.Authentication)]
    [TestCase("", "declined by multisafepay", PaymentReason.FraudFilter)]
    [TestCase(null, "4002", PaymentReason.Funds)]
    [TestCase("1024", "Transaction declined", null)]
    [TestCase(null, "Expired", null)]
    [TestCase(null, "SUCCESS", null)]
    [TestCase(null, null, null)]
    public void Each_documented_reason_is_recognised(string? code, string? text, PaymentReason? expected) =>
        Assert.That(PaymentReasons.Of(new Transaction { ReasonCode = code, Reason = text }), Is.EqualTo(expected));

    [TestCase("SUCCESS", "", "")]
    [TestCase(" success ", "", "")]
    [TestCase("Transaction declined", "", "Transaction declined")]
    [TestCase("Payment has been cancelled.", "", "Payment has been cancelled.")]
    [TestCase("Order was canceled", "", "Order was canceled")]
    [TestCase("CHARGEBACK", "", "CHARGEBACK")]
    [TestCase("Expired", "", "Expired")]
    [TestCase("Void", "", "Void")]
    [TestCase("Successful approval/completion", "", "Successful approval/completion")]
    [TestCase("Declined by MultiSafepay", "Declined by MultiSafepay", "Declined by MultiSafepay")]
    [TestCase("Expired card", "Expired card", "Expired card")]
    [TestCase("Chargeback: goods not received", "Chargeback: goods not received", "Chargeback: goods not received")]
    [TestCase("4001", "", "4001")]
    [TestCase("", "", "")]
    [TestCase(null, "", "")]
    [TestCase(" Do not honor ", "Do not honor", "Do not honor")]
    public void People_read_a_text_and_neither_a_mere_code_nor_what_the_state_says(string? reason, string text, string raw)
    {
        var transaction = new Transaction { Reason = reason };
        Assert.That((PaymentReasons.TextOf(transaction), PaymentReasons.RawOf(transaction)), Is.EqualTo((text, raw)));
        Assert.That(PaymentReasons.RawOf(transaction with { ReasonCode = "4999" }), Is.EqualTo($"4999 {raw}".Trim()));
    }
}
