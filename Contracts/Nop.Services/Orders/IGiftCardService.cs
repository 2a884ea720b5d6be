using Nop.Core.Domain.Orders;

namespace Nop.Services.Orders;

/// <summary>Reads gift cards.</summary>
public interface IGiftCardService
{
    Task<GiftCard> GetGiftCardByIdAsync(int giftCardId);
    Task<IList<GiftCardUsageHistory>> GetGiftCardUsageHistoryAsync(Order order);
}
