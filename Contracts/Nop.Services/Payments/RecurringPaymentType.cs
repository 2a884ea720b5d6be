namespace Nop.Services.Payments;

/// <summary>Who starts a recurring payment.</summary>
public enum RecurringPaymentType
{
    NotSupported = 0,
    Manual = 10,
    Automatic = 20,
}
