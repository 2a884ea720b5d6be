using Microsoft.Extensions.DependencyInjection;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.SavedCards;

/// <summary>The name under which MultiSafepay stores a customer's cards.</summary>
internal sealed class CustomerReferencesTests : IntegrationFixture
{
    [Test]
    public async Task A_customer_has_one_reference_in_each_environment_and_it_tells_nothing()
    {
        var first = await CreateAsync(17, MultiSafepayEnvironment.Test);
        var all = new[] { first, await CreateAsync(17, MultiSafepayEnvironment.Live), await CreateAsync(18, MultiSafepayEnvironment.Test) };

        Assert.That(all, Is.Unique.And.All.Match("^[0-9a-f]{32}$"));
        Assert.That(await CreateAsync(17, MultiSafepayEnvironment.Test), Is.EqualTo(first));
        Assert.That(await FindAsync(17), Is.EqualTo(first));
        Assert.That(await FindAsync(19), Is.Null);
    }

    [Test]
    public async Task Orders_that_need_it_at_the_same_moment_on_two_nodes_get_the_same_one()
    {
        await using var node = await Host.StartSecondNodeAsync(sharedLocks: false);
        var made = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => (number % 2 == 0 ? Host.Shop : node)
            .InScopeAsync(services => services.GetRequiredService<CustomerReferences>().GetOrCreateAsync(20 + (number / 10), MultiSafepayEnvironment.Test))));
        Assert.That(made.Distinct().Count(), Is.EqualTo(4));
    }

    [Test]
    public async Task The_reference_of_a_deleted_customer_is_found_by_nobody()
    {
        await CreateAsync(21, MultiSafepayEnvironment.Test);
        await Host.Shop.InScopeAsync(async services =>
        {
            var rows = services.GetRequiredService<IRepository<MultiSafepayCustomerReference>>();
            foreach (var row in await rows.GetAllAsync(query => query.Where(row => row.CustomerId == 21)))
            {
                row.StateId = (int)CustomerReferenceState.Erased;
                await rows.UpdateAsync(row, publishEvent: false);
            }
        });
        Assert.That(await FindAsync(21), Is.Null);
    }

    private Task<string> CreateAsync(int customerId, MultiSafepayEnvironment environment) =>
        Host.Shop.InScopeAsync(services => services.GetRequiredService<CustomerReferences>().GetOrCreateAsync(customerId, environment));

    private Task<string?> FindAsync(int customerId) =>
        Host.Shop.InScopeAsync(services => services.GetRequiredService<CustomerReferences>().FindAsync(customerId, MultiSafepayEnvironment.Test));
}
