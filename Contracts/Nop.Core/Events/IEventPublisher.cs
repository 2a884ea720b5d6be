namespace Nop.Core.Events;

/// <summary>Tells every consumer of an event.</summary>
public interface IEventPublisher
{
    Task PublishAsync<TEvent>(TEvent @event);
    void Publish<TEvent>(TEvent @event);
}
