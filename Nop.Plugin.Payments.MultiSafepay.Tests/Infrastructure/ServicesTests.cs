using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Infrastructure;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Infrastructure;

/// <summary>What the plugin registers, as nopCommerce looks at it.</summary>
[TestFixture]
internal sealed class ServicesTests
{
    // Its system warnings tell the owner of such an interface as of a mistake. What a factory makes, they pass over.
    [Test]
    public void No_service_interface_is_registered_with_several_implementation_types()
    {
        var services = new ServiceCollection();
        new NopStartup().ConfigureServices(services, new ConfigurationBuilder().Build());

        Assert.That(services.Where(service => service.ServiceType == typeof(IConfigurationGroup)).Skip(1), Is.Not.Empty, "there are several to look at");
        var named = services
            .Where(service => service.ServiceType.FullName?.StartsWith("Nop.", StringComparison.Ordinal) == true && service is { IsKeyedService: false, ImplementationType: not null })
            .GroupBy(service => service.ServiceType);
        Assert.That(named.Where(group => group.Count() > 1).Select(group => group.Key.Name), Is.Empty);
    }
}
