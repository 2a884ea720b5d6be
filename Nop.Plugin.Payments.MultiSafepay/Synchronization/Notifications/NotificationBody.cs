using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>
/// The raw body of a notification, read once and unchanged, because the signature covers these bytes. Anybody may send one, so size and time are limited, and memory
/// is allocated for what has been received, not for what was announced.
/// </summary>
/// <param name="timeProvider">The clock for <see cref="ReadTimeout"/>.</param>
public sealed class NotificationBody(TimeProvider timeProvider) : IDisposable
{
    /// <summary>The time limit for reading a body. MultiSafepay sends a few kilobytes at once.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(20);

    private const int FirstBytes = 16 * 1024;

    private byte[] _buffer = [];
    private int _length;

    /// <summary>The bytes that were read.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>The allocated memory, in bytes.</summary>
    internal int Capacity => _buffer.Length;

    /// <summary>Reads the body. A broken request is not an error of the shop and does not throw.</summary>
    /// <returns>Null if the whole body was read; otherwise the response to the caller.</returns>
    public async Task<NotificationResponse?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MultiSafepayDefaults.MaxNotificationBytes)
            return NotificationResponse.TooLarge;

        try
        {
            return TryTakeAll(request.BodyReader) ? null : await WaitAsync(request.Body, cancellationToken);
        }
        catch (BadHttpRequestException exception)
        {
            return Problem(exception);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return NotificationResponse.Unreadable;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Use([]);

    private static NotificationResponse Problem(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => NotificationResponse.TooLarge,
        StatusCodes.Status408RequestTimeout => NotificationResponse.TooSlow,
        _ => NotificationResponse.Unreadable
    };

    // Usually the body has arrived with the head of the request, and nothing has to be waited for.
    private bool TryTakeAll(PipeReader reader)
    {
        if (!reader.TryRead(out var read))
            return false;
        var isAll = read.IsCompleted && read.Buffer.Length <= MultiSafepayDefaults.MaxNotificationBytes;
        if (isAll)
        {
            _length = (int)read.Buffer.Length;
            Use(ArrayPool<byte>.Shared.Rent(_length));
            read.Buffer.CopyTo(_buffer);
        }

        reader.AdvanceTo(isAll ? read.Buffer.End : read.Buffer.Start);
        return isAll;
    }

    private async Task<NotificationResponse?> WaitAsync(Stream body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ReadTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (await body.ReadAsync(Free(), either.Token) is var count and > 0)
            {
                _length += count;
                if (_length > MultiSafepayDefaults.MaxNotificationBytes)
                    return NotificationResponse.TooLarge;
            }

            return null;
        }
        catch (Exception exception) when (timeout.IsCancellationRequested && exception is OperationCanceledException or (IOException and not BadHttpRequestException))
        {
            return NotificationResponse.TooSlow;
        }
    }

    // One byte more than the limit is enough to detect that the body is too large.
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
