namespace Nop.Core.Events;

/// <summary>A row was added to the database.</summary>
public class EntityInsertedEvent<T>
    where T : BaseEntity
{
    public EntityInsertedEvent(T entity) => Entity = entity;

    public T Entity { get; }
}
