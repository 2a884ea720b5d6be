namespace Nop.Services.Events;

/// <summary>Hears of an event.</summary>
public interface IConsumer<T>
{
    Task HandleEventAsync(T eventMessage);
}
