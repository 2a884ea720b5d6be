using Nop.Core.Events;
using Nop.Services.Events;
using Sandbox.Shop.Hosting;
using ILogger = Nop.Services.Logging.ILogger;

namespace Sandbox.Shop.Services;

/// <summary>Tells the consumers of installed plugins. What a consumer throws is logged and swallowed, as in nopCommerce.</summary>
internal sealed class EventPublisher(IServiceProvider services, InstalledPlugins installed) : IEventPublisher
{
    public async Task PublishAsync<TEvent>(TEvent @event)
    {
        foreach (var consumer in services.GetServices<IConsumer<TEvent>>())
        {
            if (!await installed.IsInUseAsync(consumer.GetType()))
                continue;
            try
            {
                await consumer.HandleEventAsync(@event);
            }
            catch (Exception exception)
            {
                await services.GetRequiredService<ILogger>().ErrorAsync(exception.Message, exception);
            }
        }
    }

    public void Publish<TEvent>(TEvent @event) => PublishAsync(@event).GetAwaiter().GetResult();
}
