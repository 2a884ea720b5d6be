namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>What can happen. What is not possible at the moment is left out of the story.</summary>
internal enum StepKind
{
    // The customer
    Pays, IsDeclined, Leaves, IsHeldForReview, ReviewAccepted, ReviewDeclined, OpensSecondTab, TriesAgain, PressesRetryTwice, Returns, ReturnsFromCancel, CustomerCancels, BuysAgain, PaysWithSavedCard,

    // The owner
    RefundsPart, RefundsAll, RefundsAgain, RefundsOffline, Captures, Voids, Ships, OwnerCancels, Refreshes, CallsOff, MakesLink, WithdrawsRefund, MarksPaid, ChangesStatus, ChangesPolicy,
    ChangesMapping,
    EntersNewKey, RemovesKey, EntersOtherKey, EditsTotal,

    // MultiSafepay's dashboard and the banks
    DashboardRefunds, RefundAccepted, RefundDeclined, DashboardCaptures, DashboardCapturesPart, DashboardReleases, ChargesBack, ReversesChargeback, NewKey, TransactionExpires,
    CardVanishes, WaitsForProvider, TransferArrivesLate, AcceptanceEnds, GoesToPair, DashboardShips, Settles, DashboardRefundWaits, RefundGoesToPair,

    // Another shop of the same MultiSafepay site
    OtherShopOrders, OtherShopPays, OtherShopLeaves, OtherShopRefunds,

    // What goes wrong
    OutageBegins, OutageEnds, BreaksBefore, BreaksAfter, AnswersNoJson, AnswersUnavailable, IsSlow, HasNoBalance, DoublesNotification, DelaysNotification, LosesNotification, LosesAcknowledgement,
    ClockSkew, NodeRestarts,

    // Subscriptions: the customer, the owner, the bank, and months
    PaysLink, WantsOtherCard, CancelsSubscription, ChargesNow, PausesSubscription, ResumesSubscription, ForgetsCard, ProcessesNext, PlansOutcome, BankDecides, NextPaymentIsDue, WeeksPass, TaskIsOff,
    TaskRunsTwice,

    // Time
    MailArrives, AllMailArrives, TaskRuns, SecondsPass, MinutesPass, HoursPass, DaysPass,

    // nopCommerce's own tasks, from 5.00 on
    ShopCancelsUnpaid, ShopReminds
}

/// <summary>How often each thing happens, compared with the others.</summary>
internal static class StepTable
{
    public static readonly (int Weight, StepKind Kind)[] Steps =
    [
        (55, StepKind.Pays), (6, StepKind.IsDeclined), (5, StepKind.Leaves), (5, StepKind.IsHeldForReview), (8, StepKind.ReviewAccepted), (3, StepKind.ReviewDeclined),
        (5, StepKind.OpensSecondTab), (9, StepKind.TriesAgain), (4, StepKind.PressesRetryTwice), (9, StepKind.Returns), (4, StepKind.ReturnsFromCancel), (4, StepKind.CustomerCancels),
        (2, StepKind.BuysAgain), (14, StepKind.PaysWithSavedCard),

        (18, StepKind.RefundsPart), (8, StepKind.RefundsAll), (9, StepKind.RefundsAgain), (4, StepKind.RefundsOffline), (14, StepKind.Captures), (6, StepKind.Voids), (6, StepKind.Ships),
        (3, StepKind.OwnerCancels), (6, StepKind.Refreshes), (3, StepKind.CallsOff), (3, StepKind.MakesLink), (5, StepKind.WithdrawsRefund), (4, StepKind.MarksPaid), (2, StepKind.ChangesStatus),
        (2, StepKind.ChangesPolicy),
        (2, StepKind.ChangesMapping), (5, StepKind.EntersNewKey), (2, StepKind.RemovesKey), (2, StepKind.EntersOtherKey), (14, StepKind.EditsTotal),

        (8, StepKind.DashboardRefunds), (7, StepKind.RefundAccepted), (4, StepKind.RefundDeclined), (4, StepKind.DashboardCaptures), (3, StepKind.DashboardCapturesPart),
        (3, StepKind.DashboardReleases), (6, StepKind.ChargesBack), (3, StepKind.ReversesChargeback), (1, StepKind.NewKey), (3, StepKind.TransactionExpires),
        (5, StepKind.CardVanishes),
        (4, StepKind.WaitsForProvider), (4, StepKind.TransferArrivesLate), (5, StepKind.AcceptanceEnds), (9, StepKind.GoesToPair), (4, StepKind.DashboardShips), (4, StepKind.Settles),
        (5, StepKind.DashboardRefundWaits), (5, StepKind.RefundGoesToPair),

        (6, StepKind.OtherShopOrders), (14, StepKind.OtherShopPays), (4, StepKind.OtherShopLeaves), (8, StepKind.OtherShopRefunds),

        (3, StepKind.OutageBegins), (6, StepKind.OutageEnds), (5, StepKind.BreaksBefore), (7, StepKind.BreaksAfter), (2, StepKind.AnswersNoJson), (3, StepKind.AnswersUnavailable),
        (4, StepKind.IsSlow), (5, StepKind.HasNoBalance), (4, StepKind.DoublesNotification), (4, StepKind.DelaysNotification), (4, StepKind.LosesNotification),
        (4, StepKind.LosesAcknowledgement), (2, StepKind.ClockSkew), (2, StepKind.NodeRestarts),

        (14, StepKind.MailArrives), (14, StepKind.AllMailArrives), (10, StepKind.TaskRuns), (6, StepKind.SecondsPass), (8, StepKind.MinutesPass), (4, StepKind.HoursPass), (2, StepKind.DaysPass)
    ];

    /// <summary>What else happens in a shop that cancels unpaid orders and reminds of them by itself.</summary>
    public static readonly (int Weight, StepKind Kind)[] ShopTasks = [(45, StepKind.ShopCancelsUnpaid), (45, StepKind.ShopReminds)];

    /// <summary>What happens around a subscription.</summary>
    public static readonly (int Weight, StepKind Kind)[] Subscription =
    [
        (40, StepKind.PaysLink), (4, StepKind.IsDeclined), (3, StepKind.Leaves), (3, StepKind.OpensSecondTab), (4, StepKind.Returns), (3, StepKind.TriesAgain), (1, StepKind.CustomerCancels),
        (4, StepKind.WantsOtherCard), (2, StepKind.CancelsSubscription), (6, StepKind.ChargesNow), (3, StepKind.PausesSubscription), (9, StepKind.ResumesSubscription), (3, StepKind.ForgetsCard),
        (6, StepKind.ProcessesNext), (16, StepKind.PlansOutcome), (16, StepKind.BankDecides), (3, StepKind.CardVanishes), (36, StepKind.NextPaymentIsDue), (16, StepKind.WeeksPass),
        (3, StepKind.TaskIsOff), (10, StepKind.TaskRunsTwice), (14, StepKind.TaskRuns),

        (5, StepKind.RefundsPart), (2, StepKind.RefundsAll), (3, StepKind.RefundsAgain), (3, StepKind.DashboardRefunds), (4, StepKind.ChargesBack), (2, StepKind.ReversesChargeback),
        (1, StepKind.OwnerCancels), (3, StepKind.MakesLink), (2, StepKind.CallsOff), (3, StepKind.Refreshes), (2, StepKind.MarksPaid), (2, StepKind.Ships),

        (3, StepKind.OutageBegins), (8, StepKind.OutageEnds), (6, StepKind.BreaksBefore), (8, StepKind.BreaksAfter), (2, StepKind.AnswersNoJson), (3, StepKind.AnswersUnavailable),
        (4, StepKind.IsSlow), (4, StepKind.DoublesNotification), (4, StepKind.DelaysNotification), (4, StepKind.LosesNotification), (4, StepKind.LosesAcknowledgement), (2, StepKind.NodeRestarts),

        (10, StepKind.MailArrives), (12, StepKind.AllMailArrives), (6, StepKind.MinutesPass), (5, StepKind.HoursPass), (8, StepKind.DaysPass)
    ];

    /// <summary>The recommended mapping, and some that owners choose.</summary>
    public static readonly (int Weight, string Mapping)[] Mappings =
    [
        (10, ""),
        (2, "chargeback=Refund,Leave"),
        (2, "chargeback=Refund,Cancelled"),
        (2, "cancelled=None,Cancelled;declined=None,Cancelled"),
        (1, "refunded=Refund,Cancelled"),
        (1, "uncleared=Authorize,Processing"),
        (1, "completed=Pay,Complete"),
        (1, "refunded=None,Leave;partialrefunded=None,Leave"),
        (1, "void=Void,Cancelled;expired=Void,Leave")
    ];
}
