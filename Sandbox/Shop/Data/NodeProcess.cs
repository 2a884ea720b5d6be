namespace Sandbox.Shop.Data;

/// <summary>How a node of the shop reaches what outlives it.</summary>
public enum NodeAccess
{
    /// <summary>Reads rows of the database.</summary>
    Read,

    /// <summary>Writes a row of the database, a mail among them.</summary>
    Write,

    /// <summary>Takes a lock that all nodes share, or gives it back.</summary>
    Lock,

    /// <summary>Calls somebody over the network.</summary>
    Call,

    /// <summary>Receives the answer to a call.</summary>
    Answer,
}

/// <summary>
/// A node of the shop, seen as an operating system's process that can be killed in the middle of its work. The node is given a handle of the database that names its process
/// (<see cref="ShopDatabase.OpenFor"/>), and passes here before each access to what outlives it. Once it is killed, nothing that it does any more has an effect: no row is
/// written, no mail sent, no shared lock given back, no call made, and its answers are not delivered. What it did before stays, half of an operation included, as
/// nopCommerce, whose operations are several writes without a transaction, would leave it.
/// </summary>
public sealed class NodeProcess
{
    private volatile bool _isKilled;

    /// <summary>Asked before each access but reads; what it returns is awaited. It may kill the node, or let another node go first.</summary>
    public Func<NodeAccess, Task>? Passing { get; set; }

    public bool IsKilled => _isKilled;

    public void Kill() => _isKilled = true;

    /// <summary>Lets the node go on.</summary>
    /// <exception cref="NodeKilledException">The node is dead.</exception>
    public async Task PassAsync(NodeAccess access)
    {
        ThrowIfKilled();
        if (access != NodeAccess.Read && Passing is { } passing)
            await passing(access);
        ThrowIfKilled();
    }

    /// <summary>Ends whatever a dead node still computes.</summary>
    /// <exception cref="NodeKilledException">The node is dead.</exception>
    public void ThrowIfKilled()
    {
        if (_isKilled)
            throw new NodeKilledException();
    }
}

/// <summary>The node is dead. Whatever catches this is dead as well.</summary>
public sealed class NodeKilledException() : Exception("The node was killed.");
