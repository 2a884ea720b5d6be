using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;

/// <summary>What the panel offers is what can be done.</summary>
[TestFixture]
internal sealed class PanelViewTests
{
    [TestCase("refund", "reserved", true)]
    [TestCase("Refund", "RESERVED", true)]
    [TestCase("refund", "initialized", true)]
    [TestCase("refund", "uncleared", true)]
    [TestCase("refund", "completed", false)]
    [TestCase("refund", "void", false)]
    [TestCase("refund", null, false)]
    [TestCase("capture", "reserved", false)]
    public void Only_a_waiting_refund_can_be_withdrawn(string type, string? status, bool waits)
    {
        var transaction = new Transaction { RelatedTransactions = [new RelatedTransaction { Type = type, Status = status, TransactionId = "990002" }] };
        Assert.That(new PanelView(new Order(), new PaymentRecord(), transaction, DateTime.UtcNow).WaitingRefunds, Has.Count.EqualTo(waits ? 1 : 0));
    }
}
