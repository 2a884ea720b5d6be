using CsCheck;
using Moq;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Services.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Orders;

/// <summary>An order is found by its number, without a search through all of them, and it is always the one that the GUID means.</summary>
[TestFixture]
internal sealed class UncachedOrderReaderTests
{
    private static readonly Order _order = new() { Id = 7, OrderGuid = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e") };
    private static readonly Order _other = new() { Id = 8, OrderGuid = new Guid("7d444840-9dc0-11d1-b245-5ffdce74fad2") };

    private readonly Mock<IOrderService> _service = new();

    [SetUp]
    public void SetUp()
    {
        Order[] orders = [_order, _other];
        _service.Reset();
        _service.Setup(shop => shop.GetOrdersByIdsAsync(It.IsAny<int[]>())).ReturnsAsync((int[] ids) => [.. orders.Where(order => ids.Contains(order.Id))]);
        _service.Setup(shop => shop.GetOrderByGuidAsync(It.IsAny<Guid>())).ReturnsAsync((Guid guid) => Array.Find(orders, order => order.OrderGuid == guid)!);
    }

    [TestCase(7, 0, TestName = "{m}(the right id)")]
    [TestCase(0, 1, TestName = "{m}(no id)")]
    [TestCase(8, 1, TestName = "{m}(the id of another order)")]
    [TestCase(999, 1, TestName = "{m}(the id of no order)")]
    public async Task An_order_is_found_by_its_GUID_even_if_the_id_is_missing_or_wrong(int id, int searches)
    {
        Assert.That(await new UncachedOrderReader(_service.Object).FindAsync(new OrderReference(_order.OrderGuid, id)), Is.SameAs(_order));
        _service.Verify(shop => shop.GetOrderByGuidAsync(It.IsAny<Guid>()), Times.Exactly(searches));
    }

    [Test]
    public async Task No_order_is_found_for_an_unknown_GUID_whatever_the_id([Values(0, 7, 8, 999)] int id) =>
        Assert.That(await new UncachedOrderReader(_service.Object).FindAsync(new OrderReference(new Guid("11111111-2222-3333-4444-555555555555"), id)), Is.Null);

    [Test]
    public void An_order_reference_round_trips() =>
        Gen.Select(Gen.Guid, Gen.Int[0, int.MaxValue]).Sample((guid, id) => OrderReference.Parse(new OrderReference(guid, id).ToString()) == new OrderReference(guid, id));

    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e", 0)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:", 0)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:7", 7)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:-7", 0)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:7:8", 0)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:99999999999", 0)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:seven", 0)]
    public void A_GUID_with_or_without_a_valid_id_is_an_order_reference(string text, int id) => Assert.That(OrderReference.Parse(text), Is.EqualTo(new OrderReference(_order.OrderGuid, id)));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("7")]
    [TestCase(":7")]
    [TestCase("theirs")]
    public void A_text_without_a_GUID_is_no_order_reference(string? text) => Assert.That(OrderReference.Parse(text), Is.Null);
}
