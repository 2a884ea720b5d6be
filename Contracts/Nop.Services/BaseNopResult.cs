#if !NOP_480
namespace Nop.Services;

/// <summary>What came of an operation: nothing to complain of, or a list of complaints.</summary>
public abstract class BaseNopResult
{
    public IList<string> Errors { get; set; } = [];

    public bool Success => Errors.Count == 0;

    public virtual void AddError(string error) => Errors.Add(error);
}
#endif
