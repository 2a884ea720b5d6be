using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>On which methods the law forbids a fee.</summary>
[TestFixture]
internal sealed class SurchargesTests
{
    [TestCase("VISA", null, true)]
    [TestCase("mastercard", false, true)]
    [TestCase("MISTERCASH", null, true)]
    [TestCase("BANKTRANS", null, true)]
    [TestCase("DIRDEB", null, true)]
    [TestCase("AMEX", null, false)]
    [TestCase("PAYPAL", null, false)]
    [TestCase("PAYPAL", true, false)]
    [TestCase("KLARNA", null, false)]
    [TestCase("APPLEPAY", null, true)]
    [TestCase("GOOGLEPAY", false, false)]
    [TestCase("WALLET_OF_THE_FUTURE", true, true)]
    [TestCase("WALLET_OF_THE_FUTURE", null, false)]
    public void A_fee_is_forbidden_for_cards_transfers_and_debits_and_for_wallets_of_cards(string gateway, bool? isWallet, bool forbidden) =>
        Assert.That(Surcharges.AreForbidden(new PaymentMethod { Id = gateway, IsWallet = isWallet }), Is.EqualTo(forbidden));
}
