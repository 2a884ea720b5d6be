using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Configuration;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Core.Domain.Stores;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Validators;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Shop.Hosting;
using Sandbox.Shop.Services;
using Sandbox.Testing;

namespace Sandbox.Tests.Shop;

/// <summary>What the versions of nopCommerce do differently. Each test holds for the version that the sandbox is built for (<c>-p:NopVersion</c>).</summary>
[TestFixture]
internal sealed class ShopVersionTests
{
    private TestShop _shop = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _shop = await TestShop.StartAsync(new ShopOptions
    {
        ApiKey = null,
        Plugins = [PluginSource.From("Misc.Validation", typeof(EmptyPlugin), typeof(PlainController), typeof(ShopController), typeof(NumberValidator))],
    });

    [OneTimeTearDown]
    public async Task StopAsync() => await _shop.DisposeAsync();

    [Test]
    public async Task Only_models_of_nopCommerce_controllers_are_validated_from_5_00_on()
    {
        using var browser = _shop.NewBrowser();
        Assert.That(await TextAsync(browser, "Shop/Take"), Is.EqualTo("False"), "a controller that derives from nopCommerce's");
        Assert.That(await TextAsync(browser, "Plain/Take"), Is.EqualTo(ShopVersion.Is500 ? "True" : "False"), "any other");
    }

    [Test]
    public async Task The_shop_address_without_a_request_stays_that_of_the_first_answer_from_5_00_on()
    {
        var store = (await _shop.Database.ListAsync<Store>()).First();
        var first = await AddressAsync();
        store.Url = "https://moved.example/";
        await _shop.Database.UpdateAsync(store);

        Assert.That(await AddressAsync(), Is.EqualTo(ShopVersion.Is500 ? first : "https://moved.example/"));
    }

    [Test]
    public async Task Tasks_for_unpaid_orders_exist_from_5_00_on_and_are_off_at_first()
    {
        var tasks = (await _shop.Database.ListAsync<ScheduleTask>()).Select(task => task.Type).ToList();
        var settings = (await _shop.Database.ListAsync<Setting>(row => row.Name.EndsWith("autocancelenabled", StringComparison.Ordinal)
            || row.Name.StartsWith("remindersettings", StringComparison.Ordinal))).Select(row => row.Value).ToList();

        Assert.That(tasks, Is.EquivalentTo(ShopVersion.Is500 ? [UnpaidOrderTasks.AutoCancelType, UnpaidOrderTasks.ReminderType] : Array.Empty<string>()));
        Assert.That(settings, ShopVersion.Is500 ? Is.EqualTo(new[] { "False", "False" }) : Is.Empty);
        foreach (var task in await _shop.Database.ListAsync<ScheduleTask>())
            Assert.That(await _shop.InScopeAsync(services => services.GetRequiredService<ScheduleTaskRunner>().RunAsync(task, forced: true)), Is.Null, task.Type);
    }

    private Task<string> AddressAsync() => _shop.InScopeAsync(services => Task.FromResult(ActivatorUtilities.CreateInstance<WebHelper>(services).GetStoreLocation()));

    private static async Task<string> TextAsync(ShopBrowser browser, string path)
    {
        using var answer = await browser.SendAsync(path, ("Number", "1"));
        return await answer.Content.ReadAsStringAsync();
    }
}

/// <summary>A model of which no value is valid.</summary>
public sealed record NumberModel
{
    public int Number { get; set; }
}

public sealed class NumberValidator : BaseNopValidator<NumberModel>
{
    public NumberValidator() => RuleFor(model => model.Number).Must(_ => false).WithMessage("No.");
}

public sealed class PlainController : Controller
{
    [HttpPost]
    public IActionResult Take(NumberModel model) => Content($"{ModelState.IsValid && model.Number == 1}");
}

public sealed class ShopController : BaseController
{
    [HttpPost]
    public IActionResult Take(NumberModel model) => Content($"{ModelState.IsValid && model.Number == 1}");
}
