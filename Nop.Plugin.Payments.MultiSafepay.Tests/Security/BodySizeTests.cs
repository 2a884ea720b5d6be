using System.Net;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>Bodies that are too large, too slow, or never end: each is given up, costs no more memory than it has sent, and disturbs nobody else.</summary>
[TestFixture]
internal sealed class BodySizeTests : SecurityFixture
{
    private const int Limit = MultiSafepayDefaults.MaxNotificationBytes;

    private static string Head(string auth, string length) =>
        $"POST /multisafepay/notification/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nAuth: {auth}\r\n{length}\r\n\r\n";

    [Test]
    public async Task A_content_length_beyond_the_limit_is_rejected_before_the_body_is_read()
    {
        foreach (var length in new[] { Limit + 1, 100_000_000, long.MaxValue })
        {
            var answer = await AssertNoSideEffectsAsync(() => ExchangeAsync(FormattableString.Invariant($"Content-Length: {length}")));
            Assert.That(answer.Status, Is.EqualTo(413), answer.Text);
        }
    }

    [Test]
    public async Task An_invalid_content_length_or_transfer_encoding_is_rejected()
    {
        foreach (var length in new[]
        {
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: 0x10",
            "Content-Length: 5\r\nContent-Length: 6",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked\r\n\r\nNOT A CHUNK\r\n",
            "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
            "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n"
        })
        {
            var answer = await AssertNoSideEffectsAsync(() => ExchangeAsync(length));
            Assert.That(answer.Status, Is.AnyOf(400, 411, 501), $"{length}: {answer.Text}");
            Assert.That(answer.HasCookie, Is.False);
        }
    }

    [Test]
    public async Task A_chunked_body_is_read_only_up_to_the_limit()
    {
        var answer = await AssertNoSideEffectsAsync(async () =>
        {
            using var connection = await RawConnection.OpenAsync(Host.Shop.Url);
            await connection.SendAsync(Head("forged", "Transfer-Encoding: chunked"));
            for (var sent = 0; sent <= Limit; sent += 0x8000)
                await connection.SendAsync("8000\r\n", [.. new byte[0x8000], .. "\r\n"u8]);
            return await connection.ReadAsync();
        });
        Assert.That(answer.Status, Is.EqualTo(413), answer.Text);
    }

    /// <summary>ASP.NET Core reads a form before an action runs, with limits of its own that are a hundred times larger, and keeps it on the disk.</summary>
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("multipart/form-data; boundary=x")]
    public async Task A_form_body_is_not_parsed_as_a_form(string contentType)
    {
        byte[] body = [.. "--x\r\nContent-Disposition: form-data; name=\"storeId\"; filename=\"a\"\r\n\r\n"u8, .. new byte[2 * Limit], .. "\r\n--x--\r\n"u8];
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Shop.Url, "multisafepay/notification/1"));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.Add("Content-Type", contentType);
        Assert.That((await Host.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task A_body_that_stalls_times_out()
    {
        using var connection = await RawConnection.OpenAsync(Host.Shop.Url);
        await AssertNoSideEffectsAsync(async () =>
        {
            await connection.SendAsync(Head("forged", "Content-Length: 1000") + "{\"order");
            await Task.Delay(200);
            Host.Simulator.Time.Advance(NotificationBody.ReadTimeout + TimeSpan.FromSeconds(1));
            Assert.That((await connection.ReadAsync()).Status, Is.EqualTo(408));
            return true;
        });
    }

    [Test]
    public async Task A_broken_connection_leaves_nothing_in_the_log()
    {
        await AssertNoSideEffectsAsync(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                using var connection = await RawConnection.OpenAsync(Host.Shop.Url);
                await connection.SendAsync(Head("forged", i % 2 == 0 ? "Content-Length: 1000" : "Transfer-Encoding: chunked") + "5\r\n{\"or");
                if (i % 4 < 2)
                    await Task.Delay(20);
                connection.Break();
            }

            await Task.Delay(300);
            return true;
        });
    }

    [Test]
    public async Task A_payment_is_applied_while_hundreds_of_slow_bodies_arrive()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var slow = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 300; i++)
            {
                slow.Add(await RawConnection.OpenAsync(Host.Shop.Url));
                await slow[i].SendAsync(Head("forged", "Content-Length: 200000") + "{");
            }

            Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await IsPaidAsync(order), Is.True);
            Assert.That(await Host.Browser.ReadAsync($"orderdetails/{order.Id}"), Does.Contain("paid").IgnoreCase);
        }
        finally
        {
            slow.ForEach(connection => connection.Dispose());
        }
    }

    private Task<RawAnswer> ExchangeAsync(string length) =>
        RawConnection.ExchangeAsync(Host.Shop.Url, Head("forged", length.TrimEnd('\r', '\n')).TrimEnd('\r', '\n'), []);
}
