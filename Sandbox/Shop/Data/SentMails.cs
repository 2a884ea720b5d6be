namespace Sandbox.Shop.Data;

/// <summary>A mail the shop would have sent.</summary>
public sealed record SentMail(DateTime SentUtc, string Template, string To, int OrderId)
{
    /// <summary>The sender.</summary>
    public string From { get; init; } = "";

    /// <summary>The subject, as text.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The body, as HTML.</summary>
    public string Body { get; init; } = "";
}

/// <summary>The mails the shop would have sent, oldest first.</summary>
public sealed class SentMails
{
    private readonly Lock _gate = new();
    private readonly List<SentMail> _mails = [];

    public IReadOnlyList<SentMail> All
    {
        get
        {
            lock (_gate)
                return [.. _mails];
        }
    }

    public IReadOnlyList<SentMail> ForOrder(int orderId) => [.. All.Where(mail => mail.OrderId == orderId)];

    internal Action Remember()
    {
        var count = All.Count;
        return () =>
        {
            lock (_gate)
                _mails.RemoveRange(count, _mails.Count - count);
        };
    }

    internal void Add(SentMail mail)
    {
        lock (_gate)
            _mails.Add(mail);
    }
}
