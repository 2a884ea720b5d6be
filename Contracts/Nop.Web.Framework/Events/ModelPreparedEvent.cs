namespace Nop.Web.Framework.Events;

/// <summary>A model was prepared for a view, which has not been rendered yet.</summary>
public class ModelPreparedEvent<T>(T model)
{
    public T Model { get; set; } = model;
}
