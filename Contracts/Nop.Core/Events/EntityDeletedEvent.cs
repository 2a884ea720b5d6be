namespace Nop.Core.Events;

/// <summary>A row was deleted from the database.</summary>
public class EntityDeletedEvent<T>
    where T : BaseEntity
{
    public EntityDeletedEvent(T entity) => Entity = entity;

    public T Entity { get; }
}
