using Nop.Core.Domain.Customers;

namespace Nop.Services.Orders;

/// <summary>Reads reward points.</summary>
public interface IRewardPointService
{
    Task<RewardPointsHistory> GetRewardPointsHistoryEntryByIdAsync(int rewardPointsHistoryId);
}
