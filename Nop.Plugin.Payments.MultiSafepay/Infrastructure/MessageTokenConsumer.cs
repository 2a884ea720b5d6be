using Nop.Core.Domain.Messages;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Shows the owner who edits the plugin's message template what it can use.</summary>
public class MessageTokenConsumer : IConsumer<AdditionalTokensAddedEvent>
{
    /// <summary>Adds the tokens where nopCommerce has none to offer: it knows no token groups for the template of a plugin.</summary>
    public Task HandleEventAsync(AdditionalTokensAddedEvent eventMessage)
    {
        if (!eventMessage.TokenGroups.Any())
            eventMessage.AddTokens([.. PaymentLinkTemplate.Tokens]);
        return Task.CompletedTask;
    }
}
