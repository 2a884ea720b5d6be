using System.Text;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>A genuine body in a request that is bent: its header, its path, its method. What is not exactly what MultiSafepay sends is refused, and leaves nothing behind.</summary>
[TestFixture]
internal sealed class NotificationRequestTests : SecurityFixture
{
    private const string NotificationPath = "/multisafepay/notification/1";

    private static readonly (string Name, Func<string, string> Lines, int[] Allowed)[] _headers =
    [
        ("as it is", auth => $"Auth: {auth}", [200]),
        ("lower case name", auth => $"auth: {auth}", [200]),
        ("white space around", auth => $"Auth: \t {auth} \t", [200]),
        ("twice", auth => $"Auth: {auth}\r\nAuth: {auth}", [401]),
        ("a forged one first", auth => $"Auth: {Flip(auth)}\r\nAuth: {auth}", [401]),
        ("a forged one behind", auth => $"Auth: {auth}\r\nAUTH: {Flip(auth)}", [401]),
        ("a list", auth => $"Auth: {auth}, {auth}", [401]),
        ("with a scheme", auth => $"Auth: Basic {auth}", [401]),
        ("under another name", auth => $"Authorization: {auth}", [401]),
        ("quoted", auth => $"Auth: \"{auth}\"", [401]),
        ("white space inside", auth => $"Auth: {auth[..40]} {auth[40..]}", [401]),
        ("a tab inside", auth => $"Auth: {auth[..40]}\t{auth[40..]}", [401]),
        ("folded", auth => $"Auth: {auth[..40]}\r\n {auth[40..]}", [400, 401]),
        ("a bare line feed", auth => $"Auth: {auth[..40]}\n{auth[40..]}", [400]),
        ("without padding", auth => $"Auth: {auth.TrimEnd('=')}", [401]),
        ("too much padding", auth => $"Auth: {auth}=", [401]),
        ("upper case signature", auth => $"Auth: {Encode(Decode(auth).ToUpperInvariant())}", [401]),
        ("upper case base64", auth => $"Auth: {auth.ToUpperInvariant()}", [401]),
        ("a sign in front of the time", auth => $"Auth: {Encode("+" + Decode(auth))}", [401]),
        ("a zero in front of the time", auth => $"Auth: {Encode("0" + Decode(auth))}", [401]),
        ("no time", auth => $"Auth: {Encode(Decode(auth)[10..])}", [401]),
        ("no signature", auth => $"Auth: {Encode(Decode(auth)[..11])}", [401]),
        ("a second colon", auth => $"Auth: {Encode(Decode(auth) + ":")}", [401]),
        ("encoded twice", auth => $"Auth: {Encode(auth)}", [401]),
        ("not encoded", auth => $"Auth: {Decode(auth)}", [401]),
        ("beyond ASCII", auth => $"Auth: {auth}\u00e9", [400, 401]),
        ("a NUL", auth => $"Auth: {auth}\0", [400]),
        ("long", auth => $"Auth: {auth}{new string('A', 20_000)}", [401]),
        ("too long", auth => $"Auth: {auth}{new string('A', 100_000)}", [431]),
        ("empty", _ => "Auth: ", [401]),
        ("none", _ => "X: y", [401]),
    ];

    private static readonly string[] _paths =
    [
        NotificationPath, "/MultiSafepay/NOTIFICATION/1", $"{NotificationPath}/", "/multisafepay/notification/%31", "/multisafepay/notification/0001", "/multisafepay/notification/+1",
        "/multisafepay/./notification/1", "/multisafepay/x/../notification/1", "/./././multisafepay/notification/1", "http://elsewhere.example/multisafepay/notification/1",
        "/multisafepay/notification", "/multisafepay/notification/", "/multisafepay/notification/1/2", "/multisafepay/notification/1%2F2", "/multisafepay/notification/1%2f..%2f2",
        "/multisafepay/notification/1;a=b", "/multisafepay/notification/1%3Fa=b", "/multisafepay/notification/%201", "/multisafepay/notification/1%20", "/multisafepay/notification/1%0A",
        "/multisafepay/notification/2147483648", "/multisafepay/notification/-2147483649", "/multisafepay/notification/-1", "/multisafepay/notification/0", "/multisafepay/notification/1.0",
        "/multisafepay/notification/1e0", "/multisafepay/notification/0x1", "/multisafepay/notification/%EF%BC%91", "/multisafepay/notification/%D9%A1", "/multisafepay/notification/%C0%B1",
        "/multisafepay/notification/" + "1".PadLeft(3000, '0'), "/multisafepay/notification/{storeId}", "/multisafepay%2Fnotification/1", "/multisafepay/notification%2F1",
        "/multisafepay//notification/1", "//multisafepay/notification/1", "/multisafepay\\notification\\1", "/en/multisafepay/notification/1", "/../multisafepay/notification/1",
        "/multisafepay/notification/1?storeId=2", "/multisafepay/notification/2?storeId=1", "/MultiSafepayWebhook/MultiSafepayNotification?storeId=1",
        "/MultiSafepayWebhook/MultiSafepayHint?storeId=1", "/multisafepay/return/1", "/multisafepay/cancel/1", "*",
    ];

    [Test]
    public async Task Only_a_well_formed_signature_header_is_accepted()
    {
        foreach (var (name, lines, allowed) in _headers)
        {
            var order = await Host.BuyWithoutNotificationsAsync();
            var body = Bytes(IntegrationHost.Body(order, order.CustomOrderNumber));

            Task<RawAnswer> SendAsync() => PostAsync(NotificationPath, lines(Sign(body)), body);
            var answer = allowed is [200] ? await SendAsync() : await AssertNoSideEffectsAsync(SendAsync);

            Assert.That(allowed, Does.Contain(answer.Status), $"{name}: {answer.Text}");
            Assert.That(answer.HasCookie, Is.False, name);
            Assert.That(await IsPaidAsync(order), Is.EqualTo(answer.Status == 200), name);
        }
    }

    /// <summary>The path only chooses a key. Whichever way it is spelled, an order is paid by a signed body that names it, or not at all.</summary>
    [Test]
    public async Task No_spelling_of_the_path_bypasses_the_signature_check()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var body = Bytes(IntegrationHost.Body(order, order.CustomOrderNumber));
        foreach (var path in _paths)
        {
            var forged = await PostAsync(path, $"Auth: {Flip(Sign(body))}", body);
            Assert.That(forged.Status, Is.AnyOf(400, 401, 404, 405), $"{path}: {forged.Text}");
        }

        Assert.That(await IsPaidAsync(order), Is.False);
        Assert.That(await ErrorsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_signed_notification_is_accepted_only_at_the_path_of_its_store()
    {
        foreach (var paths in _paths.Chunk(6))
        {
            var order = await Host.BuyWithoutNotificationsAsync();
            foreach (var path in paths)
            {
                var body = Bytes(IntegrationHost.Body(order, order.CustomOrderNumber));
                var answer = await PostAsync(path, $"Auth: {Sign(body)}", body);
                Assert.That(answer.Status, Is.AnyOf(200, 400, 401, 404, 405), $"{path}: {answer.Text}");
                Assert.That(await IsPaidAsync(order), Is.EqualTo(answer.Status == 200), path);
                if (answer.Status == 200)
                    order = await Host.BuyWithoutNotificationsAsync();
            }
        }

        Assert.That(await ErrorsAsync(), Is.Empty);
    }

    [Test]
    public async Task Only_POST_delivers_a_notification()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var body = Bytes(IntegrationHost.Body(order, order.CustomOrderNumber));
        foreach (var method in new[] { "GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "POSTX", "PROPFIND" })
            foreach (var extra in new[] { "X: y", "X-HTTP-Method-Override: POST", "X-HTTP-Method: POST", "X-Method-Override: POST" })
            {
                var answer = await SendAsync(method, $"{NotificationPath}?_method=POST", $"Auth: {Sign(body)}\r\n{extra}", body);
                Assert.That(answer.Status, Is.AnyOf(400, 404, 405), $"{method}: {answer.Text}");
            }

        Assert.That(await IsPaidAsync(order), Is.False);
        Assert.That(await ErrorsAsync(), Is.Empty);
    }

    [Test]
    public async Task An_unsigned_POST_is_rejected_despite_method_override_headers()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var body = Bytes(IntegrationHost.Body(order, order.CustomOrderNumber));
        await AssertNoSideEffectsAsync(async () =>
        {
            var unsigned = await SendAsync("POST", $"{NotificationPath}?_method=GET&transactionid={order.CustomOrderNumber}", "X-HTTP-Method-Override: GET\r\nX-HTTP-Method: GET", body);
            Assert.That(unsigned.Status, Is.EqualTo(401), "it is not taken for a hint");
            return true;
        });
    }

    [Test]
    public async Task The_host_header_does_not_influence_the_outcome()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var body = Bytes(IntegrationHost.Body(order, order.CustomOrderNumber));
        var head = $"POST {NotificationPath} HTTP/1.1\r\nHost: elsewhere.example\r\nX-Forwarded-Host: elsewhere.example\r\nForwarded: host=elsewhere.example\r\nConnection: close";

        var answer = await RawConnection.ExchangeAsync(Host.Shop.Url, $"{head}\r\nAuth: {Sign(body)}\r\nContent-Length: {body.Length}", body);

        Assert.That((answer.Status, answer.HasCookie, answer.Text.Contains("elsewhere", StringComparison.Ordinal)), Is.EqualTo((200, false, false)));
        Assert.That(await IsPaidAsync(order), Is.True);
    }

    private Task<RawAnswer> PostAsync(string path, string headers, byte[] body) => SendAsync("POST", path, headers, body);

    private Task<RawAnswer> SendAsync(string method, string path, string headers, byte[] body) => RawConnection.ExchangeAsync(Host.Shop.Url,
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{headers}", body);

    private static string Flip(string auth)
    {
        var text = Decode(auth);
        return Encode($"{text[..^1]}{(text[^1] == '0' ? '1' : '0')}");
    }

    private static string Decode(string auth) => Encoding.ASCII.GetString(Convert.FromBase64String(auth));

    private static string Encode(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));
}
