using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>
/// The raw body of a notification, read once, byte for byte: the signature is over these bytes. Anybody may send one, so size and time are bounded, and the
/// memory grows with what has come and not with what is announced.
/// </summary>
/// <param name="timeProvider">The clock of <see cref="ReadTimeout"/>.</param>
public sealed class NotificationBody(TimeProvider timeProvider) : IDisposable
{
    /// <summary>How long a body may take. MultiSafepay sends a few kilobytes in one go.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(20);

    private const int FirstBytes = 16 * 1024;

    private byte[] _buffer = [];
    private int _length;

    /// <summary>What was read.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>How much memory is held.</summary>
    internal int Capacity => _buffer.Length;

    /// <summary>Reads the body. It throws nothing: a request that breaks is no failure of the shop.</summary>
    /// <returns>Null, or why the body was not read to its end.</returns>
    public async Task<NotificationResponse?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MultiSafepayDefaults.MaxNotificationBytes)
            return NotificationResponse.TooLarge;

        using var timeout = new CancellationTokenSource(ReadTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (await request.Body.ReadAsync(Free(), either.Token) is var count and > 0)
            {
                _length += count;
                if (_length > MultiSafepayDefaults.MaxNotificationBytes)
                    return NotificationResponse.TooLarge;
            }

            return null;
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return NotificationResponse.TooLarge;
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            return NotificationResponse.TooSlow;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return timeout.IsCancellationRequested ? NotificationResponse.TooSlow : NotificationResponse.Unreadable;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Use([]);

    // One byte more than allowed is enough to know that it is too much.
    private Memory<byte> Free()
    {
        if (_length == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Clamp(_length * 2, FirstBytes, MultiSafepayDefaults.MaxNotificationBytes + 1));
            Bytes.CopyTo(larger);
            Use(larger);
        }

        return _buffer.AsMemory(_length);
    }

    private void Use(byte[] buffer)
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = buffer;
    }
}
