using System.Text.Json;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>Reading a transaction as MultiSafepay's own examples show it.</summary>
[TestFixture]
internal sealed class TransactionTests
{
    [Test]
    public void The_official_notification_is_parsed()
    {
        var transaction = Transaction.Parse(OfficialExamples.Notification.Body);

        Assert.Multiple(() =>
        {
            Assert.That(transaction.OrderId, Is.EqualTo("my-order-id"));
            Assert.That(transaction.TransactionId, Is.EqualTo("123456789"));
            Assert.That(transaction.Status, Is.EqualTo(TransactionStatus.Initialized));
            Assert.That(transaction.FinancialStatus, Is.EqualTo(TransactionStatus.Initialized));
            Assert.That(transaction.Amount, Is.EqualTo(1000));
            Assert.That(transaction.AmountRefunded, Is.Zero);
            Assert.That(transaction.Currency, Is.EqualTo("EUR"));
            Assert.That(transaction.Description, Is.EqualTo("product description"));
            Assert.That(transaction.Created, Is.EqualTo("2022-01-03T15:08:02"));
            Assert.That(transaction.Modified, Is.EqualTo("2022-01-03T15:08:02"));
            Assert.That(transaction.Reason, Is.Empty);
            Assert.That(transaction.ReasonCode, Is.Empty);
            Assert.That(transaction.Var1, Is.Null);
            Assert.That(transaction.PaymentDetails!.Type, Is.EqualTo("IDEAL"));
            Assert.That(transaction.PaymentDetails.ExternalTransactionId, Is.EqualTo("123456789"));
            Assert.That(
                transaction.PaymentMethods,
                Is.EqualTo(new[]
                {
                    new TransactionPaymentMethod
                    {
                        Type = "IDEAL", Amount = 1000, Currency = "EUR", Status = "initialized", PaymentDescription = "iDEAL", ExternalTransactionId = "123456789"
                    }
                }));
            Assert.That(
                transaction.Costs,
                Is.EqualTo(new[] { new TransactionCost { Amount = 0.49m, Description = "0.49 For iDEAL Transactions", TransactionId = "123456789", Type = "SYSTEM" } }));
            Assert.That(transaction.RelatedTransactions, Is.Empty);
            Assert.That(transaction.ShoppingCart, Is.Null);
            Assert.That(transaction.TaxTables, Is.Null);
        });
    }

    [Test]
    public void The_official_order_is_parsed()
    {
        var transaction = Transaction.Parse(OfficialExamples.Data("getOrder"));

        Assert.Multiple(() =>
        {
            Assert.That(transaction.OrderId, Is.EqualTo("example_order_123456"));
            Assert.That(transaction.TransactionId, Is.EqualTo("17472052901237122"));
            Assert.That((transaction.Status, transaction.FinancialStatus), Is.EqualTo(("completed", "completed")));
            Assert.That(transaction.Amount, Is.EqualTo(1000));
            Assert.That(transaction.AmountRefunded, Is.Null);
            Assert.That(transaction.Completed, Is.EqualTo("2025-05-14T08:50:32"));
            Assert.That(transaction.Reason, Is.EqualTo("SUCCESS"));
            Assert.That(transaction.ReasonCode, Is.Null);
            Assert.That(transaction.PaymentDetails!.RecurringId, Is.EqualTo("998184114125692641912"));
            Assert.That(transaction.Costs.Select(cost => (cost.Amount, cost.TransactionId, cost.Status)), Is.EqualTo(new (decimal?, string?, string?)[]
            {
                (0.01m, "1101231786", null),
                (0m, "1747219123451369", "completed")
            }));
        });
    }

    [Test]
    public void The_official_card_order_is_parsed()
    {
        var transaction = Transaction.Parse(OfficialExamples.Data("getOrder3DS"));

        Assert.Multiple(() =>
        {
            Assert.That(transaction.OrderId, Is.EqualTo("ORDER-12345"));
            Assert.That(transaction.Status, Is.EqualTo(TransactionStatus.Refunded));
            Assert.That(transaction.AmountRefunded, Is.EqualTo(200));
            Assert.That(transaction.PaymentDetails!.Type, Is.EqualTo("VISA"));
            Assert.That(transaction.PaymentDetails.Last4, Is.EqualTo("1111"));
            Assert.That(transaction.PaymentDetails.CardExpiryDate, Is.EqualTo("3807"));
            Assert.That(transaction.PaymentDetails.ResponseCode, Is.EqualTo("00"));
            Assert.That(transaction.PaymentMethods.Single().ExternalTransactionId, Is.EqualTo("906015000050"));
            Assert.That(transaction.Costs.Sum(cost => cost.Amount), Is.EqualTo(0.05m));
        });
    }

    [Test]
    public void The_official_failed_card_order_is_parsed()
    {
        var transaction = Transaction.Parse(OfficialExamples.Data("getOrderFailed3DS"));

        Assert.Multiple(() =>
        {
            Assert.That(transaction.OrderId, Is.EqualTo("apitool_9290377"));
            Assert.That((transaction.Status, transaction.FinancialStatus), Is.EqualTo((TransactionStatus.Declined, TransactionStatus.Declined)));
            Assert.That(transaction.ReasonCode, Is.EqualTo("3001"));
            Assert.That(transaction.Reason, Is.EqualTo("3DS Authentication Failed / Card authentication failed"));
            Assert.That(transaction.PaymentDetails!.ExternalTransactionId, Is.Null);
        });
    }

    [Test]
    public void The_official_direct_order_is_parsed() =>
        Assert.That(Transaction.Parse(OfficialExamples.Data("postOrdersDirectIdeal")).OrderId, Is.EqualTo("direct-order-0001"));

    [Test]
    public void An_official_response_without_an_order_id_is_rejected() =>
        Assert.That(() => Transaction.Parse(OfficialExamples.Data("cancelBancontactQR")), Throws.TypeOf<JsonException>());
}
