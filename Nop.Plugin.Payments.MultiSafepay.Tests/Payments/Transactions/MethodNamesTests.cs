using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using NUnit.Framework;
using Sandbox.Simulator.Gateways;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Transactions;

/// <summary>People read the name of a payment method and not MultiSafepay's code, even where its answer has no name.</summary>
[TestFixture]
internal sealed class MethodNamesTests
{
    private static readonly string[] _namedAsTheirCodes = ["CBC", "KBC", "EPS"];

    private static IEnumerable<string> Codes() => GatewayCatalogue.All.Select(gateway => gateway.Id).Append("COUPON").Except(_namedAsTheirCodes).Where(code => code != "WERO");

    [TestCaseSource(nameof(Codes))]
    public void Each_method_of_MultiSafepay_has_a_name(string code) => Assert.That((MethodNames.Of(code) == code, MethodNames.Of(code.ToLowerInvariant())), Is.EqualTo((false, MethodNames.Of(code))));

    [Test]
    public void A_method_of_next_year_has_no_name_but_its_code() => Assert.That(MethodNames.Of("NEXT"), Is.EqualTo("NEXT"));
}
