namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>A group of settings on the configuration page. Each has a card in Views/Admin and a part of <see cref="ConfigurationModel"/>.</summary>
public interface IConfigurationGroup
{
    /// <summary>The settings of the group, which are loaded and saved through these fields.</summary>
    IReadOnlyList<SettingField> Fields { get; }

    /// <summary>Adds the data that the card shows in addition to its settings and that the browser does not send back: options, states, addresses.</summary>
    Task PrepareModelAsync(ConfigurationModel model, MultiSafepaySettings settings);
}
