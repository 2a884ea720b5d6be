namespace Nop.Core;

/// <summary>An error of nopCommerce itself, such as an operation that the state of an order does not allow.</summary>
public class NopException : Exception
{
    public NopException()
    {
    }

    public NopException(string message) : base(message)
    {
    }

    public NopException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
