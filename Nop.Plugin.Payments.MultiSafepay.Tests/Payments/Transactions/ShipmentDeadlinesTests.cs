using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Transactions;

/// <summary>Until when a pay-later payment must be reported as shipped, by MultiSafepay's page of each method.</summary>
[TestFixture]
public class ShipmentDeadlinesTests
{
    [TestCase("KLARNA", "2030-01-29")]
    [TestCase("AFTERPAY", "2030-04-01")]
    [TestCase("BNPL_MF", "2030-01-31")]
    [TestCase("PAYAFTER", "2030-01-31")]
    [TestCase("BNPL_INST", "2030-01-15")]
    [TestCase("BILLINK", "2030-01-31")]
    [TestCase("EINVOICE", null, Description = "the owner defines it")]
    [TestCase("IN3", null, Description = "needs no shipment")]
    [TestCase("VISA", null)]
    public void An_accepted_payment_expires_by_the_term_of_its_method(string method, string? expected) => Assert.That(
        ShipmentDeadlines.EndUtc(Payment(method, "completed", "uncleared"))?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(expected));

    [TestCase("shipped", "uncleared")]
    [TestCase("shipped", "completed")]
    [TestCase("completed", "completed")]
    [TestCase("expired", "expired")]
    [TestCase("void", "void")]
    [TestCase("initialized", "initialized")]
    public void A_payment_that_waits_for_no_shipment_does_not_expire(string status, string financialStatus) =>
        Assert.That(ShipmentDeadlines.EndUtc(Payment("KLARNA", status, financialStatus)), Is.Null);

    [TestCase("BNPL_MF", true)]
    [TestCase("BNPL_INSTM", true)]
    [TestCase("EINVOICE", false, Description = "no page names a term for the rest")]
    [TestCase("KLARNA", false)]
    public void After_the_first_part_the_rest_has_a_fortnight(string method, bool has)
    {
        var part = new DateTime(2030, 1, 10, 8, 0, 0, DateTimeKind.Utc);
        Assert.That(ShipmentDeadlines.EndAfterPartUtc(method, part), Is.EqualTo(has ? part.AddDays(14) : null));
    }

    private static Transaction Payment(string method, string status, string financialStatus) => new()
    {
        OrderId = "1",
        Status = status,
        FinancialStatus = financialStatus,
        Amount = 1000,
        Currency = "EUR",
        Created = "2030-01-01T12:00:00",
        PaymentDetails = new PaymentDetails { Type = method }
    };
}
