namespace Nop.Core.Domain.Catalog;

/// <summary>Whether a gift card is sent by mail or by post.</summary>
public enum GiftCardType
{
    Virtual = 0,
    Physical = 1,
}
