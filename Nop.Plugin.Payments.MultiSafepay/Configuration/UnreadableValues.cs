using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>
/// Reports values of the configuration page that are not of their type, such as a lifetime of "a month". ASP.NET Core does so in English, and with the name of the property, which is localized
/// until nopCommerce 4.90 and that of the code from 5.00 on.
/// </summary>
public class UnreadableValues(IModelMetadataProvider metadataProvider, ConfigurationTexts texts)
{
    /// <summary>Replaces ASP.NET Core's message in the errors of each field.</summary>
    public async Task ReplaceMessagesAsync(ModelStateDictionary found)
    {
        foreach (var property in metadataProvider.GetMetadataForProperties(typeof(ConfigurationModel)))
        {
            if (!found.TryGetValue(property.PropertyName!, out var entry) || entry.Errors.Count == 0)
                continue;
            var own = property.ModelBindingMessageProvider.AttemptedValueIsInvalidAccessor(entry.AttemptedValue ?? string.Empty, property.GetDisplayName());
            for (var i = 0; i < entry.Errors.Count; i++)
            {
                if (entry.Errors[i].ErrorMessage == own)
                    entry.Errors[i] = new ModelError(await texts.TextAsync("Validation.Unreadable"));
            }
        }
    }
}
