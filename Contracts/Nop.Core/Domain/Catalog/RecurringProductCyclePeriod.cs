namespace Nop.Core.Domain.Catalog;

/// <summary>The unit of a recurring payment's cycle.</summary>
public enum RecurringProductCyclePeriod
{
    Days = 0,
    Weeks = 10,
    Months = 20,
    Years = 30,
}
