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

    [TestCase(7, 0, TestName = "the number is known")]
    [TestCase(0, 1, TestName = "the number is not known")]
    [TestCase(8, 1, TestName = "the number is another order's")]
    [TestCase(999, 1, TestName = "the number is no order's")]
    public async Task The_order_of_the_GUID_is_found(int id, int searches)
    {
        Assert.That(await new UncachedOrderReader(_service.Object).FindAsync(new OrderReference(_order.OrderGuid, id)), Is.SameAs(_order));
        _service.Verify(shop => shop.GetOrderByGuidAsync(It.IsAny<Guid>()), Times.Exactly(searches));
    }

    [Test]
    public async Task No_other_order_is_found([Values(0, 7, 8, 999)] int id) =>
        Assert.That(await new UncachedOrderReader(_service.Object).FindAsync(new OrderReference(new Guid("11111111-2222-3333-4444-555555555555"), id)), Is.Null);

    [Test]
    public void A_tag_is_read_as_it_was_written() =>
        Gen.Select(Gen.Guid, Gen.Int[0, int.MaxValue]).Sample((guid, id) => OrderReference.Parse(new OrderReference(guid, id).ToString()) == new OrderReference(guid, id));

    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e", 0)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:", 0)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:7", 7)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:-7", 0)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:7:8", 0)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:99999999999", 0)]
    [TestCase("0f8fad5b-d9cb-469f-a165-70867728950e:seven", 0)]
    public void The_GUID_alone_will_do(string text, int id) => Assert.That(OrderReference.Parse(text), Is.EqualTo(new OrderReference(_order.OrderGuid, id)));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("7")]
    [TestCase(":7")]
    [TestCase("theirs")]
    public void Without_a_GUID_it_is_no_tag(string? text) => Assert.That(OrderReference.Parse(text), Is.Null);
}
