using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The settings for the data that is sent with an order.</summary>
public class OrdersGroup(ConfigurationTexts texts) : IConfigurationGroup
{
    /// <inheritdoc/>
    public IReadOnlyList<SettingField> Fields { get; } =
    [
        SettingField.For(settings => settings.ChargeCurrency, model => model.ChargeCurrencyId),
        SettingField.For(settings => settings.SendCart, model => model.SendCart),
        SettingField.For(settings => settings.DescriptionTemplate, model => model.DescriptionTemplate),
        SettingField.For(settings => settings.OrderIdTemplate, model => model.OrderIdTemplate),
        SettingField.For(settings => settings.LinkLifetime, model => model.LinkLifetime),
        SettingField.For(settings => settings.LinkLifetimeUnit, model => model.LinkLifetimeUnitId),
        SettingField.For(settings => settings.SecondChance, model => model.SecondChance),
        SettingField.For(settings => settings.BankTransferInShop, model => model.BankTransferInShop),
        SettingField.For(settings => settings.TemplateId, model => model.TemplateId),
        SettingField.For(settings => settings.HouseNumberAttribute, model => model.HouseNumberAttribute)
    ];

    /// <inheritdoc/>
    public async Task PrepareModelAsync(ConfigurationModel model, MultiSafepaySettings settings)
    {
        model.AvailableChargeCurrencies = await texts.OptionsAsync<ChargeCurrency>("ChargeCurrency");
        model.AvailableLinkLifetimeUnits = await texts.OptionsAsync<LifetimeUnit>("LifetimeUnit");
    }
}
