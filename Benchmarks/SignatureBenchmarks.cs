using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Benchmarks;

/// <summary>
/// The check of a notification's signature, against what cannot be done without (one HMAC-SHA512 of the same bytes) and against the straightforward way.
/// Goal: at most 1.15 of the bare HMAC, and no allocation that grows with the body. The bare one prepares its key each time, as .NET's does; the same with a key that is
/// kept shows what the check costs beyond the hash.
/// </summary>
public class SignatureBenchmarks
{
    private static readonly DateTimeOffset _now = new(2026, 1, 3, 15, 8, 2, TimeSpan.Zero);
    private static readonly byte[] _key = Encoding.UTF8.GetBytes(Samples.ApiKey);

    private readonly IncrementalHash _keptHmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA512, _key);
    private readonly SigningKey _signingKey = new(Samples.ApiKey);
    private readonly byte[] _hash = new byte[HMACSHA512.HashSizeInBytes];
    private byte[] _body = [];
    private byte[] _signed = [];
    private string _header = "";

    /// <summary>The body's size in KB.</summary>
    [Params(1, 4, 64)]
    public int Body { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _body = Samples.TransactionOf(Body * 1024)[..(Body * 1024)];
        _header = Samples.Sign(_body, _now);
        _signed = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_now.ToUnixTimeSeconds()}:")), .. _body];

        if (!Verify() || !Straightforward())
            throw new InvalidOperationException("A signature that is good was refused.");
    }

    [GlobalCleanup]
    public void Cleanup() => _keptHmac.Dispose();

    [Benchmark(Baseline = true, Description = "bare HMAC-SHA512")]
    public int Bare() => HMACSHA512.HashData(_key, _signed, _hash);

    [Benchmark(Description = "the same, key kept")]
    public int Kept()
    {
        _keptHmac.AppendData(_signed);
        return _keptHmac.GetHashAndReset(_hash);
    }

    [Benchmark(Description = "NotificationSignature.Verify")]
    public bool Verify() => NotificationSignature.Verify(_header, _body, _signingKey, _now, NotificationSignature.DefaultTolerance) == SignatureVerdict.Valid;

    [Benchmark(Description = "strings, hex compare")]
    public bool Straightforward()
    {
        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(_header)).Split(':');
        var text = parts[0] + ":" + Encoding.UTF8.GetString(_body);
        using var hmac = new HMACSHA512(_key);
        var expected = Convert.ToHexString(hmac.ComputeHash(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
        return expected == parts[1] && Math.Abs(_now.ToUnixTimeSeconds() - long.Parse(parts[0], CultureInfo.InvariantCulture)) <= 600;
    }
}
