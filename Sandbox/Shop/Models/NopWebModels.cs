using Nop.Web.Framework.Models;

// Widgets are handed these by Nop.Web's own pages, so they stand under its names here.
namespace Nop.Web.Areas.Admin.Models.Orders
{
    /// <summary>What a widget on the admin's order page is given.</summary>
    public record OrderModel : BaseNopEntityModel
    {
        public Guid OrderGuid { get; set; }

        public int StoreId { get; set; }

        public string CustomOrderNumber { get; set; } = "";

        public string PaymentMethod { get; set; } = "";
    }
}

namespace Nop.Web.Models.Order
{
    /// <summary>What a widget on the customer's order page is given.</summary>
    public record OrderDetailsModel : BaseNopEntityModel
    {
        public string CustomOrderNumber { get; set; } = "";
    }
}

namespace Nop.Web.Models.Checkout
{
    /// <summary>What a widget on the page after the checkout is given.</summary>
    public record CheckoutCompletedModel : BaseNopModel
    {
        public int OrderId { get; set; }

        public string CustomOrderNumber { get; set; } = "";
    }
}
