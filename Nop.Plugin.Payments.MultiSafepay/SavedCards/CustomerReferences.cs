using System.Data.Common;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>The names under which MultiSafepay stores the cards of the customers (<see cref="MultiSafepayCustomerReference"/>).</summary>
public class CustomerReferences(IRepository<MultiSafepayCustomerReference> rows)
{
    /// <summary>The reference of a customer; null if no card was ever to be saved, or the customer was permanently deleted.</summary>
    public async Task<string?> FindAsync(int customerId, MultiSafepayEnvironment environment) =>
        await RowAsync(customerId, environment) is { StateId: (int)CustomerReferenceState.InUse } row ? row.Reference : null;

    /// <summary>The reference of a customer, which is created when it is needed for the first time: once, also if two orders need it at the same moment on two nodes.</summary>
    public async Task<string> GetOrCreateAsync(int customerId, MultiSafepayEnvironment environment)
    {
        if (await FindAsync(customerId, environment) is { } known)
            return known;

        var row = new MultiSafepayCustomerReference { CustomerId = customerId, EnvironmentId = (int)environment, Reference = Guid.NewGuid().ToString("N") };
        try
        {
            await rows.InsertAsync(row, publishEvent: false);
            return row.Reference;
        }
        catch (DbException)
        {
            // The unique index: another order was first. Databases report that in different ways, so the table is asked.
            if (await FindAsync(customerId, environment) is { } other)
                return other;
            throw;
        }
    }

    private async Task<MultiSafepayCustomerReference?> RowAsync(int customerId, MultiSafepayEnvironment environment)
    {
        var environmentId = (int)environment;
        return (await rows.GetAllAsync(query => query.Where(row => row.CustomerId == customerId && row.EnvironmentId == environmentId))).FirstOrDefault();
    }
}
