namespace Nop.Core.Domain.Messages;

/// <summary>Asks plugins which tokens they have, when the owner edits a template.</summary>
public class AdditionalTokensAddedEvent
{
    public IList<string> AdditionalTokens { get; } = [];
    public IEnumerable<string> TokenGroups { get; set; }

#if NOP_480
    public void AddTokens(params string[] additionalTokens)
#else
    public virtual void AddTokens(params string[] additionalTokens)
#endif
    {
        foreach (var token in additionalTokens)
            AdditionalTokens.Add(token);
    }
}
