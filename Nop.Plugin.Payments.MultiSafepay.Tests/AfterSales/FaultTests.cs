using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Services.Payments;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>
/// Every operation with every fault. After recovery, that is the task, and the owner pressing the button again where the operation was not done, the money is at
/// MultiSafepay as the shop's figures say, to the cent, and nothing was done twice.
/// </summary>
[TestFixture]
internal sealed class FaultTests : AfterSalesFixture
{
    /// <summary>What the owner does.</summary>
    public enum Operation
    {
        FullRefund,
        PartialRefund,
        Capture,
        Void
    }

    /// <summary>What goes wrong with it.</summary>
    public enum Failure
    {
        None,
        ConnectionLostBefore,
        ConnectionLostAfter,
        ConnectionLostAfterAndUnreadable,
        NoJson,
        Unavailable,
        ServerError,
        WrongState,
        Notifications,
        KilledAfterTheResponse,
        KilledBeforeSaving
    }

    [Test]
    public async Task Amounts_agree_with_MultiSafepay_after_every_failure_and_recovery([Values] Operation operation, [Values] Failure failure, [Values("EUR", "JPY", "USD")] string currency)
    {
        if (operation is Operation.Capture or Operation.Void && currency == "USD")
            Assert.Pass("One foreign currency is enough where nothing is converted.");

        var order = operation is Operation.Capture or Operation.Void ? await AuthorizeAsync(currency) : await PayAsync(currency);
        await InjectAsync(failure);

        if (failure == Failure.KilledBeforeSaving)
            await RunWithoutSavingAsync(operation, order);
        else
            await PressAsync(operation, order, Host.Shop);

        await EndFailureAsync();
        TestShop? successor = failure is Failure.KilledAfterTheResponse or Failure.KilledBeforeSaving ? await Host.StartSecondNodeAsync() : null;
        try
        {
            var shop = successor ?? Host.Shop;
            await RunTaskLaterAsync(shop);
            await AuditAsync(order, operation, mayBeUndone: true);
            if ((await Host.ReloadAsync(order)).PaymentStatus == Before(operation))
            {
                Assert.That(await PressAsync(operation, order, shop), Is.Empty, "Nothing is in the way of the second try");
                await RunTaskLaterAsync(shop);
            }

            await AuditAsync(order, operation, mayBeUndone: false);
            await RunTaskLaterAsync(shop);
            Assert.That(await OpenWorkAsync(), Is.Empty, "and nothing is left to do");
        }
        finally
        {
            if (successor is not null)
                await successor.DisposeAsync();
        }
    }

    private async Task AuditAsync(Order order, Operation operation, bool mayBeUndone)
    {
        await Host.AuditAsync();
        var status = (await Host.ReloadAsync(order)).PaymentStatus;
        Assert.That(status, Is.EqualTo(After(operation)).Or.EqualTo(mayBeUndone ? Before(operation) : After(operation)));
        var calls = (await Host.Simulator.ListAsync("orders")).Select(shown => (long)shown!["amounts"]!["refunded"]!).Sum();
        var expected = status switch { PaymentStatus.Refunded => (await Host.RecordAsync(order)).Current!.Amount, PaymentStatus.PartiallyRefunded => await PartAsync(order), _ => 0 };
        Assert.That(calls, Is.EqualTo(expected), "refunded at MultiSafepay");
    }

    private async Task<long> PartAsync(Order order) => (await Host.RecordAsync(order)).Current! is var attempt && attempt.Currency == "JPY"
        ? decimal.ToInt64(decimal.Round(10m * attempt.CurrencyRate, MidpointRounding.AwayFromZero))
        : decimal.ToInt64(decimal.Round(1000m * attempt.CurrencyRate, MidpointRounding.AwayFromZero));

    private Task<IList<string>> PressAsync(Operation operation, Order order, TestShop shop) => operation switch
    {
        Operation.FullRefund => RefundAsync(order, shop),
        Operation.PartialRefund => RefundAsync(order, 10m, shop),
        Operation.Capture => CaptureAsync(order, shop),
        _ => VoidAsync(order, shop)
    };

    // The shop dies between the plugin's answer and nopCommerce's saving.
    private Task RunWithoutSavingAsync(Operation operation, Order order) => Host.Shop.InScopeAsync<bool>(async services =>
    {
        var operations = services.GetRequiredService<PaymentOperations>();
        return operation switch
        {
            Operation.FullRefund => (await operations.RefundAsync(new RefundPaymentRequest { Order = order, AmountToRefund = order.OrderTotal }, default)).Success,
            Operation.PartialRefund => (await operations.RefundAsync(new RefundPaymentRequest { Order = order, AmountToRefund = 10m, IsPartialRefund = true }, default)).Success,
            Operation.Capture => (await operations.CaptureAsync(new CapturePaymentRequest { Order = order }, default)).Success,
            _ => (await operations.VoidAsync(new VoidPaymentRequest { Order = order }, default)).Success
        };
    });

    private async Task InjectAsync(Failure failure)
    {
        // Only one of the troubles has the notification help; the others must do without.
        if (failure == Failure.Notifications)
            await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "duplicate-notification", ["copies"] = 5, ["times"] = 10 });
        else if (failure is not Failure.None)
            await Host.Simulator.SetFaultAsync(new JsonObject { ["kind"] = "lose-notification", ["times"] = 1000 });

        JsonObject? fault = failure switch
        {
            Failure.ConnectionLostBefore => new() { ["kind"] = "drop-before-work" },
            Failure.ConnectionLostAfter or Failure.ConnectionLostAfterAndUnreadable => new() { ["kind"] = "drop-answer-after-work" },
            Failure.NoJson => new() { ["kind"] = "invalid-json" },
            Failure.Unavailable => new() { ["kind"] = "status", ["status"] = 503 },
            Failure.ServerError => new() { ["kind"] = "status", ["status"] = 500, ["error_code"] = 1000 },
            Failure.WrongState => new() { ["kind"] = "status", ["status"] = 410, ["error_code"] = 1034 },
            _ => null
        };
        foreach (var method in fault is null ? [] : new[] { "POST", "PATCH" })
        {
            var write = fault!.DeepClone().AsObject();
            write["method"] = method;
            await Host.Simulator.SetFaultAsync(write);
        }

        Kill.FailReadsAfterWrite = failure == Failure.ConnectionLostAfterAndUnreadable;
        Kill.IsArmed = failure == Failure.KilledAfterTheResponse;
    }

    private async Task EndFailureAsync()
    {
        (Kill.IsArmed, Kill.FailReadsAfterWrite) = (false, false);
        using var cleared = await Host.Simulator.ControlAsync(HttpMethod.Delete, "faults");
    }

    private static PaymentStatus Before(Operation operation) => operation is Operation.Capture or Operation.Void ? PaymentStatus.Authorized : PaymentStatus.Paid;

    private static PaymentStatus After(Operation operation) => operation switch
    {
        Operation.FullRefund => PaymentStatus.Refunded,
        Operation.PartialRefund => PaymentStatus.PartiallyRefunded,
        Operation.Capture => PaymentStatus.Paid,
        _ => PaymentStatus.Voided
    };
}
