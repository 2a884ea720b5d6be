using System.Text.Json.Nodes;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>What the documentation says of orders and payments, as short stories.</summary>
internal static class StoryTable
{
    private const string RefundCancels = "refunded=Refund,Cancelled";
    private const decimal Part = 10m;

    public static IReadOnlyList<Story> All { get; } =
    [
        .. Payments(), .. Endings(), .. Captures(), .. Refunds(), .. Chargebacks(), .. LatePayments(), .. OwnersActs(), .. ShipmentsInParts()
    ];

    private static IEnumerable<Story> Payments() =>
    [
        new("paid", run => PaidAsync(run)),
        new("paid with PayPal, which collects", run => PaidAsync(run)) { Gateway = "PAYPAL" },
        new("paid, and the customer comes back before the notification", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("completed", isHeard: false);
            await run.ReturnAsync();
            await run.ArriveAsync();
        }),
        new("paid, the customer comes back, and the notification is lost", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("completed", isHeard: false);
            await run.LoseAsync();
            await run.ReturnAsync();
        }),
        new("paid, and only the task finds it", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("completed", isHeard: false);
            await run.LoseAsync();
            await run.PassAsync(TimeSpan.FromMinutes(16));
            await run.RunTaskAsync();
        }),
        new("held for review, then accepted", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("uncleared");
            await run.AtPageAsync("completed");
        }) { Gateway = "VISA" },
        new("pay later, shipped and settled", async run =>
        {
            await PaidAsync(run);
            await run.ShipAsync();
            await run.ArriveAsync();
            await run.AtPageAsync("settled");
        }) { Gateway = "KLARNA" },
        new("pay later, accepted and expired before the shipment", async run =>
        {
            await PaidAsync(run);
            await run.AtPageAsync("expired");
        }) { Gateway = "KLARNA" },
        new("paid in part with a gift card, then refunded", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("giftcard");
            await run.AtDashboardAsync("refunded");
        })
    ];

    private static IEnumerable<Story> Endings()
    {
        yield return new("declined", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("declined");
        });
        yield return new("declined, then paid by a retry", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("declined");
            await run.RetryAsync();
            await run.AtPageAsync("completed");
        });
        yield return new("declined, which cancels", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("declined");
        })
        { Mapping = "declined=None,Cancelled" };
        yield return new("cancelled by the customer at the page", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("cancelled");
            await run.ReturnAsync(hasLeft: true);
        });
        yield return new("cancelled by the customer at the page, which cancels", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("cancelled");
        })
        { Mapping = "cancelled=None,Cancelled;void=Void,Cancelled" };
        yield return new("the customer leaves the page", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("left");
            await run.ReturnAsync(hasLeft: true);
        });
        yield return new("the link runs out", async run =>
        {
            await run.BuyAsync();
            await run.PassAsync(TimeSpan.FromDays(8));
        });
        yield return new("the link runs out, and only the task finds it", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("started");
            await run.Host.MoveClockAsync(TimeSpan.FromDays(8));
            await run.LoseAsync();
            await run.RunTaskAsync();
        });
    }

    private static IEnumerable<Story> Captures()
    {
        yield return Held("an authorisation expires", async run =>
        {
            await run.PassAsync(TimeSpan.FromDays(5));
            await run.RunTaskAsync();
            await run.PassAsync(TimeSpan.FromDays(3));
        });
        foreach (var mapping in (string[])["", "void=Void,Cancelled"])
        {
            yield return Held($"an authorisation expires, {(mapping.Length == 0 ? "" : "which cancels, ")}and only the task finds it", async run =>
            {
                await run.Host.MoveClockAsync(TimeSpan.FromDays(8));
                await run.LoseAsync();
                await run.RunTaskAsync();
            }) with
            { Mapping = mapping };
        }

        yield return Held("an authorisation expires, which voids without cancelling", run => run.PassAsync(TimeSpan.FromDays(8))) with { Mapping = "expired=Void,Leave" };
        yield return Held("an authorisation is released", run => run.AtDashboardAsync("released"));
        yield return Held("an authorisation is released, which cancels", run => run.AtDashboardAsync("released")) with { Mapping = "void=Void,Cancelled" };
        yield return Held("an authorisation is voided by the shop's button", run => run.VoidAsync());
        yield return Held("an authorisation is voided by the shop's button, which cancels", run => run.VoidAsync()) with { Mapping = "void=Void,Cancelled" };
        yield return Held("captured by the shop's button", run => run.CaptureAsync());
        yield return Held("captured by the shop's button, as an order of its own", run => run.CaptureAsync()) with { Shape = [ResponseShape.FullCaptureIsOrder] };
        yield return Held("captured in the dashboard, in parts", async run =>
        {
            await run.AtPageAsync("captured", new JsonObject { ["amount"] = 1000 });
            await run.AtPageAsync("captured");
        });
        yield return Held("captured in the dashboard, and the rest is released", async run =>
        {
            await run.AtPageAsync("captured", new JsonObject { ["amount"] = 1000 });
            await run.AtPageAsync("released");
        });
        yield return Held("captured with the shipment", run => run.ShipAsync()) with { CaptureOnShipment = true };
        yield return Held("captured less, because the total was lowered", async run =>
        {
            await run.EditTotalAsync(-Part);
            await run.CaptureAsync();
        });
        yield return Held("captured, then refunded by the shop's button, which cancels", async run =>
        {
            await run.CaptureAsync();
            await run.ArriveAsync();
            await run.RefundAsync();
        }) with
        { Mapping = RefundCancels };
        yield return Held("authorised, then cancelled by the customer", run => run.CancelByCustomerAsync());
        yield return Held("authorised, then cancelled by the owner", run => run.CancelAsync());
    }

    private static IEnumerable<Story> Refunds()
    {
        yield return Paid("refunded by the shop's button", run => run.RefundAsync());
        yield return Paid("refunded by the shop's button, which cancels", run => run.RefundAsync()) with { Mapping = RefundCancels };
        yield return Paid("refunded by the shop's button in part", run => run.RefundAsync(Part));
        yield return Paid("refunded by the shop's button in parts, which cancels", async run =>
        {
            await run.RefundAsync(Part);
            await run.ArriveAsync();
            await run.RefundAsync((await run.OrderAsync()).OrderTotal - Part);
        }) with
        { Mapping = RefundCancels };
        yield return Paid("refunded in the dashboard, which cancels", run => run.AtDashboardAsync("refunded")) with { Mapping = RefundCancels };
        yield return Paid("refunded in the dashboard in part", run => run.AtDashboardAsync("refunded", new JsonObject { ["amount"] = 1000 }));
        yield return Paid("refunded in the dashboard, which cancels, and only the task finds it", async run =>
        {
            await run.AtDashboardAsync("refunded", isHeard: false);
            await run.LoseAsync();
        }) with
        { Mapping = RefundCancels };
        yield return Paid("refunded in the dashboard, which only cancels", run => run.AtDashboardAsync("refunded")) with { Mapping = "refunded=None,Cancelled" };
        yield return Paid("a refund waits, then is made", async run =>
        {
            await run.RefundAsync(Part, isWaiting: true);
            await run.ArriveAsync();
            await run.AtDashboardAsync("refund-accepted");
        });
        yield return Paid("a refund of all waits, then is made, which cancels", async run =>
        {
            await run.RefundAsync(isWaiting: true);
            await run.ArriveAsync();
            await run.AtDashboardAsync("refund-accepted");
        }) with
        { Mapping = RefundCancels };
        yield return Paid("a refund waits, then is declined", async run =>
        {
            await run.RefundAsync(Part, isWaiting: true);
            await run.ArriveAsync();
            await run.AtDashboardAsync("refund-declined");
        });
        yield return new("paid and refunded, and both are heard of together", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("completed", isHeard: false);
            await run.LoseAsync();
            await run.AtDashboardAsync("refunded");
        })
        { Mapping = RefundCancels };
    }

    private static IEnumerable<Story> Chargebacks()
    {
        yield return Paid("charged back", run => run.AtDashboardAsync("chargeback"));
        yield return Paid("charged back, which books and cancels", run => run.AtDashboardAsync("chargeback")) with { Mapping = "chargeback=Refund,Cancelled" };
        yield return Paid("refunded in part, then charged back, which books and cancels", async run =>
        {
            await run.AtDashboardAsync("refunded", new JsonObject { ["amount"] = 1000 }, isHeard: false);
            await run.LoseAsync();
            await run.AtDashboardAsync("chargeback");
        }) with
        { Mapping = "chargeback=Refund,Cancelled" };
        yield return Paid("charged back, then reversed", async run =>
        {
            await run.AtDashboardAsync("chargeback");
            await run.AtDashboardAsync("chargeback-reversed");
        });
        yield return Paid("charged back, which books and cancels, then reversed", async run =>
        {
            await run.AtDashboardAsync("chargeback");
            await run.AtDashboardAsync("chargeback-reversed");
        }) with
        { Mapping = "chargeback=Refund,Cancelled" };
    }

    private static IEnumerable<Story> LatePayments()
    {
        foreach (var policy in Enum.GetValues<CancelledThenPaidPolicy>())
        {
            yield return new($"cancelled, then paid late ({policy})", async run =>
            {
                await run.BuyAsync();
                await run.AtPageAsync("started");
                await run.CancelByCustomerAsync();
                await run.ArriveAsync();
                await run.AtPageAsync("paid-late");
            })
            { Policy = policy };
        }

        yield return new("an attempt that was called off is paid", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("started");
            await run.CallOffAsync();
            await run.ArriveAsync();
            await run.AtPageAsync("paid-late");
        });
        yield return new("an attempt that was called off is paid, while another is open", async run =>
        {
            await SecondAttemptAsync(run);
            await run.AtPageAsync("paid-late", link: 0);
        });
        yield return new("paid twice, and the second payment is refunded", async run =>
        {
            await PaidTwiceAsync(run);
            await run.AtPageAsync("refunded", link: 0);
        });
        yield return new("paid twice, and the first payment is refunded", async run =>
        {
            await PaidTwiceAsync(run);
            await run.AtPageAsync("refunded", link: 1);
        });
    }

    private static IEnumerable<Story> OwnersActs()
    {
        yield return new("the total is edited while the link is open, then paid by a retry", async run =>
        {
            await run.BuyAsync();
            await run.EditTotalAsync(-Part);
            await run.ArriveAsync();
            await run.RetryAsync();
            await run.AtPageAsync("completed");
        });
        yield return new("the total is edited while the link is open, and nobody pays", async run =>
        {
            await run.BuyAsync();
            await run.EditTotalAsync(-Part);
        });
        yield return new("marked as paid by hand while the link is open", async run =>
        {
            await run.BuyAsync();
            await run.MarkPaidAsync();
        });
        yield return new("cancelled by the owner while the link is open", async run =>
        {
            await run.BuyAsync();
            await run.CancelAsync();
        });
        yield return new("deleted while the link is open", async run =>
        {
            await run.BuyAsync();
            await run.DeleteAsync();
        });
        yield return new("deleted, then paid late", async run =>
        {
            await run.BuyAsync();
            await run.AtPageAsync("started");
            await run.DeleteAsync();
            await run.ArriveAsync();
            await run.AtPageAsync("paid-late");
        });
        yield return Paid("deleted, then refunded", async run =>
        {
            await run.DeleteAsync();
            await run.AtDashboardAsync("refunded");
        });
        yield return Held("authorised, then deleted", run => run.DeleteAsync());
    }

    private static IEnumerable<Story> ShipmentsInParts()
    {
        yield return InParts("a part is shipped, then the rest", run => run.ShipAsync());
        yield return InParts("a part is shipped, then the rest, and a part is refunded", async run =>
        {
            await run.ShipAsync();
            await run.ArriveAsync();
            await run.RefundAsync(Part);
        });
        yield return InParts("a part is shipped, then the rest, and all is refunded, which is split", async run =>
        {
            await run.ShipAsync();
            await run.ArriveAsync();
            await run.RefundAsync();
        });
        yield return InParts("a part is refused, then the rest is shipped", run => run.ShipAsync()) with { Shape = [ResponseShape.PartialShipmentsOff] };
    }

    private static Story InParts(string name, Func<StoryRun, Task> then) => new(name, async run =>
    {
        await PaidAsync(run);
        await run.ShipPartAsync();
        await run.ArriveAsync();
        await then(run);
    })
    { Gateway = "BNPL_MF", PartialShipments = true };

    private static async Task PaidAsync(StoryRun run)
    {
        await run.BuyAsync();
        await run.AtPageAsync("completed");
    }

    private static async Task SecondAttemptAsync(StoryRun run)
    {
        await run.BuyAsync();
        await run.AtPageAsync("started");
        await run.CallOffAsync();
        await run.ArriveAsync();
        await run.RetryAsync();
    }

    private static async Task PaidTwiceAsync(StoryRun run)
    {
        await SecondAttemptAsync(run);
        await run.AtPageAsync("completed");
        await run.AtPageAsync("paid-late", link: 0);
    }

    private static Story Paid(string name, Func<StoryRun, Task> then) => new(name, async run =>
    {
        await PaidAsync(run);
        await then(run);
    });

    private static Story Held(string name, Func<StoryRun, Task> then) => new(name, async run =>
    {
        await run.BuyAsync();
        await run.AtPageAsync("authorised");
        await then(run);
    })
    { Gateway = "VISA", IsHeld = true };
}
