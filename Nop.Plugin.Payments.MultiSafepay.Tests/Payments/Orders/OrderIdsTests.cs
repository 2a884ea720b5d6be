using Moq;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Orders;

/// <summary>Order ids at MultiSafepay: made, and found again.</summary>
[TestFixture]
internal sealed class OrderIdsTests
{
    [TestCase("1001", 1, null, "1001")]
    [TestCase("1001", 2, "", "1001-2")]
    [TestCase("1001", 1, "SHOP-{order_number}", "SHOP-1001")]
    [TestCase("1001", 12, "SHOP-{order_number}.nl", "SHOP-1001.nl-12")]
    [TestCase("1001", 1, "{store_id}_{order_id}", "3_7")]
    [TestCase("1001", 1, "no token", "1001")]
    [TestCase("1001", 1, "{store_id}", "1001")]
    [TestCase("1001", 1, "{order_number}?", "1001")]
    [TestCase("a/b", 1, "S-{order_number}", "S-7")]
    [TestCase("", 1, null, "7")]
    [TestCase("01234567890123456789012345678901234567890123", 99999, null, "01234567890123456789012345678901234567890123-99999")]
    [TestCase("0123456789012345678901234567890123456789012345", 1, null, "7")]
    [TestCase("01234567890123456789012345678901234567890", 1, "SHOP-{order_number}", "01234567890123456789012345678901234567890")]
    public void An_order_id_contains_the_order_number_and_fits_the_limit(string number, int attempt, string? template, string expected)
    {
        var id = OrderIds.For(new Order { Id = 7, StoreId = 3, CustomOrderNumber = number }, attempt, template);

        Assert.That(id, Is.EqualTo(expected));
        Assert.That(id, Has.Length.LessThanOrEqualTo(OrderIds.MaxLength));
    }

    [TestCase("{order_number}", true)]
    [TestCase("A.b_c-{order_id}", true)]
    [TestCase("12345678901234567890{order_id}", true)]
    [TestCase("123456789012345678901{order_id}", false)]
    [TestCase("SHOP", false)]
    [TestCase("{store_name}-{order_id}", false)]
    [TestCase("{order id}", false)]
    [TestCase("a b {order_id}", false)]
    public void An_order_id_template_is_validated(string template, bool valid) => Assert.That(OrderIds.IsTemplate(template), Is.EqualTo(valid));

    // With the template that made it, with a changed one, and with none.
    [TestCase("1001", "SHOP-{order_number}")]
    [TestCase("2024-0007", "SHOP-{order_number}")]
    [TestCase("2024-7-1", "{order_number}.x")]
    [TestCase("W_1001", null)]
    [TestCase("1001-2", null)]
    [TestCase("a/b", "{store_id}-{order_id}")]
    [TestCase("1001", "{order_number}-{order_id}")]
    [TestCase("A-1", "X-{store_id}-{order_number}")]
    public async Task An_order_is_found_by_its_order_id_even_after_the_template_changed(string number, string? template)
    {
        var order = new Order { Id = 7, StoreId = 3, CustomOrderNumber = number };
        foreach (var attempt in new[] { 1, 2, 34567 })
        {
            var id = OrderIds.For(order, attempt, template);
            foreach (var today in new[] { template, null, "NEW{order_number}" })
            {
                var shop = Shop(order, new Order { Id = 3 }, new Order { Id = 1001 }, new Order { Id = 2 });
                var found = await OrderIds.FindAsync(shop, id, today, candidate => Task.FromResult(candidate == order), () => true);
                Assert.That(found, Is.SameAs(order), $"{id} with {today}");
            }
        }
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("1001'--")]
    [TestCase("12345678901234567890123456789012345678901234567890x")]
    public async Task An_invalid_order_id_causes_no_lookup(string id)
    {
        var service = new Mock<IOrderService>(MockBehavior.Strict);
        Assert.That(await OrderIds.FindAsync(service.Object, id, "SHOP-{order_number}", _ => Task.FromResult(true), () => true), Is.Null);
    }

    [Test]
    public async Task Looking_up_an_order_id_makes_a_bounded_number_of_queries()
    {
        var service = new Mock<IOrderService>();
        Assert.That(await OrderIds.FindAsync(service.Object, "1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16-17-18-19", null, _ => Task.FromResult(true), () => true), Is.Null);
        Assert.That(service.Invocations, Has.Count.LessThanOrEqualTo(24));
    }

    [Test]
    public async Task Numbers_are_looked_up_after_all_ids_and_only_while_that_is_allowed()
    {
        var service = new Mock<IOrderService>();
        var asked = 0;
        Assert.That(await OrderIds.FindAsync(service.Object, "A-1-2-3", null, _ => Task.FromResult(true), () => ++asked <= 2), Is.Null);

        var names = service.Invocations.Select(invocation => invocation.Method.Name).ToList();
        Assert.That(names.Count(name => name == nameof(IOrderService.GetOrderByCustomOrderNumberAsync)), Is.EqualTo(2));
        Assert.That(names.LastIndexOf(nameof(IOrderService.GetOrderByIdAsync)), Is.LessThan(names.IndexOf(nameof(IOrderService.GetOrderByCustomOrderNumberAsync))));
    }

    private static IOrderService Shop(params Order[] orders)
    {
        var service = new Mock<IOrderService>();
        service.Setup(shop => shop.GetOrderByCustomOrderNumberAsync(It.IsAny<string>())).ReturnsAsync((string number) => Array.Find(orders, order => order.CustomOrderNumber == number)!);
        service.Setup(shop => shop.GetOrderByIdAsync(It.IsAny<int>())).ReturnsAsync((int id) => Array.Find(orders, order => order.Id == id)!);
        return service.Object;
    }
}
