namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>A group of settings on the configuration page: a card in Views/Admin, a part of <see cref="ConfigurationModel"/>, and this.</summary>
public interface IConfigurationGroup
{
    /// <summary>The group's settings; a line for each is all that reading and saving needs.</summary>
    IReadOnlyList<SettingField> Fields { get; }

    /// <summary>Adds what the card shows beside its settings and the browser does not send back: choices, states, addresses.</summary>
    Task PrepareModelAsync(ConfigurationModel model, MultiSafepaySettings settings);
}
