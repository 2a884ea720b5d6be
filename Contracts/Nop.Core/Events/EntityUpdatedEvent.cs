namespace Nop.Core.Events;

/// <summary>A row was changed in the database.</summary>
public class EntityUpdatedEvent<T>
    where T : BaseEntity
{
    public EntityUpdatedEvent(T entity) => Entity = entity;

    public T Entity { get; }
}
