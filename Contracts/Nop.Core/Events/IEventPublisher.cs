namespace Nop.Core.Events;

/// <summary>Tells every consumer of an event.</summary>
public interface IEventPublisher
{
    Task PublishAsync<TEvent>(TEvent @event);
#if !NOP_500
    void Publish<TEvent>(TEvent @event);
#endif
}
