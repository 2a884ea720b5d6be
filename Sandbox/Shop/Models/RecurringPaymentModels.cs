namespace Sandbox.Shop.Models;

/// <summary>An order that is repeated at intervals, as a row of a list.</summary>
public sealed record RecurringPaymentModel(int Id, string Customer, string Cycle, bool IsActive, DateTime StartUtc, DateTime? NextUtc, int TotalCycles, int CyclesRemaining, int InitialOrderId,
    string InitialOrderNumber, bool LastPaymentFailed, bool CanCancel, bool CanRetry);

/// <summary>The customer's page of recurring payments; with what went wrong with the button that was pressed.</summary>
public sealed record CustomerRecurringPaymentsModel(IReadOnlyList<RecurringPaymentModel> Payments, IReadOnlyList<string> Errors);

/// <summary>What the administrator may change; posted by the page.</summary>
public sealed class RecurringPaymentForm
{
    public int CycleLength { get; set; }

    public int CyclePeriodId { get; set; }

    public int TotalCycles { get; set; }

    public bool IsActive { get; set; }
}

/// <summary>The administrator's page about one recurring payment.</summary>
public sealed record RecurringPaymentPageModel
{
    public required RecurringPaymentModel Row { get; init; }

    public required RecurringPaymentForm Form { get; init; }

    public required IReadOnlyList<(int Id, string Name)> Periods { get; init; }

    public required string PaymentType { get; init; }

    /// <summary>The orders that came of it; the initial order is the first, where the shop starts the payments.</summary>
    public required IReadOnlyList<OrderRowModel> History { get; init; }
}
