using Nop.Core.Domain.Messages;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Adds the plugin's tokens to the list that the owner sees when editing a message template.</summary>
public class MessageTokenConsumer : IConsumer<AdditionalTokensAddedEvent>
{
    /// <summary>Adds the tokens if nopCommerce has no token groups for a template, which is the case for templates of plugins.</summary>
    public Task HandleEventAsync(AdditionalTokensAddedEvent eventMessage)
    {
        if (!eventMessage.TokenGroups.Any())
            eventMessage.AddTokens([.. CustomerMailTemplates.Tokens]);
        return Task.CompletedTask;
    }
}
