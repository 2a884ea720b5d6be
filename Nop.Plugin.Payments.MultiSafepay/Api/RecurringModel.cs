namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The values of an order's <c>recurring_model</c>: what stored payment details are for (docs.multisafepay.com, Recurring payments).</summary>
public static class RecurringModel
{
    /// <summary>The customer pays again with stored details, and is there when that happens.</summary>
    public const string CardOnFile = "cardOnFile";

    /// <summary>The shop charges at intervals that were agreed on.</summary>
    public const string Subscription = "subscription";

    /// <summary>The shop charges when something agreed on happens.</summary>
    public const string Unscheduled = "unscheduled";
}
