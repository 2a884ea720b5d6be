#if !NOP_480
namespace Nop.Services.Orders;

/// <summary>The remarks of plugins on an order. In 4.80 it is a dictionary.</summary>
public class CustomValues : List<CustomValue>
{
    public virtual string this[string name]
    {
        get => this.First(entry => entry.Name == name).Value;
        set
        {
            RemoveAll(entry => entry.Name == name);
            Add(new CustomValue(name, value));
        }
    }

    public virtual bool TryGetValue(string name, out CustomValue customValue)
    {
        customValue = Find(entry => entry.Name == name);
        return customValue is not null;
    }
}
#endif
