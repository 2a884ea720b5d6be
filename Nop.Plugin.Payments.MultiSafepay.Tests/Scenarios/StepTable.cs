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
