using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security.Fuzzing;

/// <summary>Sends inputs to orders and holds the shop to its promises after each.</summary>
internal sealed class FuzzRun(FuzzShop shop, FuzzFigures figures)
{
    // A hang would otherwise be the end of the run; a machine that is busy is not meant.
    private static readonly TimeSpan _hang = TimeSpan.FromMinutes(2);

    public async Task OrderAsync(string? apiStatus, IReadOnlyList<FuzzInput> inputs)
    {
        var (order, attempt) = await shop.OrderAsync(apiStatus);
        foreach (var input in inputs)
            order = await SendAsync(order, attempt, apiStatus, input);

        var record = await shop.RecordAsync(order);
        Assert.That(record.ToJson(), Has.Length.LessThan(16_000), "what is remembered of one order is bounded");
        await shop.ForgetAsync(order);
    }

    private async Task<Order> SendAsync(Order before, PaymentAttempt attempt, string? apiStatus, FuzzInput input)
    {
        var (body, signed) = input.BodyOf(attempt.OrderId, before.OrderGuid, attempt.Amount);
        var headers = HeadersOf(input, signed);
        var isSigned = headers.Count(header => header is { Name: "Auth", Value.Length: > 0 }) == 1 && IsGenuine(input, body, signed);
        var writes = shop.Database.Writes;

        using var hang = new CancellationTokenSource(_hang);
        var clock = Stopwatch.StartNew();
        var answer = await shop.SendAsync(context => Fill(context.Request, input, attempt, headers, body), hang.Token);
        figures.Count(input, isSigned, answer.Response.StatusCode, clock.Elapsed);

        Assert.That(answer.Response.StatusCode, Is.AnyOf(Allowed(input, body, isSigned)), $"signed: {isSigned}");
        Assert.That((await shop.Database.ListAsync<Log>(line => line.LogLevel >= LogLevel.Error)).Select(line => line.FullMessage), Is.Empty, "an exception in the log");
        if (IsWebhook(input))
            Assert.That(answer.Response.Headers.SetCookie, Is.Empty);
        if (IsWebhook(input) && answer.Response.StatusCode != 200)
            Assert.That(shop.Database.Writes, Is.EqualTo(writes), "what is refused leaves nothing behind");

        var after = (await shop.Database.FindAsync<Order>(before.Id))!;
        FuzzOracle.Check(before, after, attempt, apiStatus, isSigned && IsWebhook(input) && input.Method == "POST" ? body : null, isHint: IsWebhook(input) && input.Method == "GET");
        return after;
    }

    private static bool IsWebhook(FuzzInput input) => string.Equals(input.Path, FuzzGen.Door, StringComparison.OrdinalIgnoreCase) || input.Path == "/multisafepay/notification/001";

    private static int[] Allowed(FuzzInput input, byte[] body, bool isSigned) => input switch
    {
        { Method: "POST" } when IsWebhook(input) && body.Length > MultiSafepayDefaults.MaxNotificationBytes => [413],

        // This key is valid, but not for this order: that is found out once the body has been read.
        { Method: "POST", Signature: FuzzSignature.OtherEnvironment } when IsWebhook(input) => [200, 400, 401, 404],
        { Method: "POST" } when IsWebhook(input) => isSigned ? [200, 400, 404] : [401],
        { Method: "GET" } when IsWebhook(input) => [200, 404, 429],
        { Method: "POST" } => [200, 400, 401, 404, 405, 413],
        { Method: "GET" } => [200, 302, 400, 404, 405, 429],
        _ => [400, 404, 405]
    };

    private static bool IsGenuine(FuzzInput input, byte[] body, byte[] signed) => input.Age is >= -600 and <= 600
        && (input.Signature == FuzzSignature.Genuine || (input.Signature == FuzzSignature.BeforeTheChange && body.AsSpan().SequenceEqual(signed)));

    private List<(string Name, string Value)> HeadersOf(FuzzInput input, byte[] signed)
    {
        var headers = input.Headers.ToList();
        var at = shop.Now.AddSeconds(-Math.Clamp(input.Age, -1_000_000_000, 1_000_000_000));
        if (Auth(input.Signature) is { } auth)
            headers.Add(("Auth", auth));
        return headers;

        string? Auth(FuzzSignature signature) => signature switch
        {
            FuzzSignature.MadeUpKey => NotificationSigner.Sign(signed, "made-up", at),
            FuzzSignature.OtherEnvironment => NotificationSigner.Sign(signed, FuzzShop.LiveKey, at),
            FuzzSignature.ChangedHeader => Changed(NotificationSigner.Sign(signed, SimulatorRun.Key, at), input),
            FuzzSignature.Noise => string.Concat(input.Noise.Where(character => character is >= ' ' and <= '~')),
            FuzzSignature.None => null,
            _ => NotificationSigner.Sign(signed, SimulatorRun.Key, at)
        };
    }

    // Never back to what it was.
    private static string Changed(string auth, FuzzInput input)
    {
        var at = (int)((uint)input.Padding + (uint)input.Kind + (uint)input.Noise.Length) % auth.Length;
        return $"{auth[..at]}{(auth[at] == 'A' ? 'B' : 'A')}{auth[(at + 1)..]}";
    }

    private static void Fill(HttpRequest request, FuzzInput input, PaymentAttempt attempt, List<(string Name, string Value)> headers, byte[] body)
    {
        request.Method = input.Method;
        request.Scheme = "http";
        request.Host = new HostString("localhost");
        request.Path = new PathString(input.Path);
        request.QueryString = QueryString.Create(input.Query.Select(pair =>
            KeyValuePair.Create(pair.Name, (string?)(pair.Name == "transactionid" && pair.Value.Length % 2 == 0 ? attempt.OrderId : pair.Value))));
        foreach (var (name, value) in headers)
            request.Headers.Append(name, value);
        request.Body = new MemoryStream(body);
        request.ContentLength = input.Padding % 2 == 0 ? body.Length : null;
    }
}

/// <summary>What happened, in numbers.</summary>
internal sealed class FuzzFigures
{
    private readonly SortedDictionary<string, long> _answers = new(StringComparer.Ordinal);

    public long Inputs { get; private set; }

    public long PeakBytes { get; private set; }

    public TimeSpan Slowest { get; private set; }

    public void Count(FuzzInput input, bool isSigned, int status, TimeSpan took)
    {
        var key = $"{(input.Method == "POST" ? isSigned ? "POST signed" : "POST forged" : input.Method == "GET" ? "GET" : "other verbs")}: {status}";
        _answers[key] = _answers.GetValueOrDefault(key) + 1;
        if (took > Slowest)
            Slowest = took;
        if (++Inputs % 1000 == 0)
            PeakBytes = Math.Max(PeakBytes, GC.GetTotalMemory(forceFullCollection: false));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Inputs:N0} inputs, peak of managed memory {PeakBytes / 1048576.0:N0} MB, slowest {Slowest.TotalMilliseconds:N0} ms; "
        + $"{string.Join(", ", _answers.Select(pair => FormattableString.Invariant($"{pair.Key} × {pair.Value:N0}")))}");
}
