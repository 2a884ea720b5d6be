namespace Nop.Services.Messages;

/// <summary>What stands in a template for something that differs.</summary>
public sealed class Token
{
    public Token(string key, object value) : this(key, value, false)
    {
    }

    public Token(string key, object value, bool neverHtmlEncoded)
    {
        Key = key;
        Value = value;
        NeverHtmlEncoded = neverHtmlEncoded;
    }

    public string Key { get; }
    public bool NeverHtmlEncoded { get; }
    public object Value { get; }
}
