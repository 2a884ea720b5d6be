using Nop.Core.Configuration;

namespace Nop.Core.Domain.Directory;

/// <summary>Which currency prices are kept in.</summary>
public class CurrencySettings : ISettings
{
    public bool DisplayCurrencyLabel { get; set; }
    public int PrimaryExchangeRateCurrencyId { get; set; }
    public int PrimaryStoreCurrencyId { get; set; }
}
