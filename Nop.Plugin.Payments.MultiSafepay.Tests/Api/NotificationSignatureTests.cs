using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using Official = Sandbox.Testing.OfficialExamples.Notification;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>The signature on notifications: MultiSafepay's worked example is valid, and nothing near it is.</summary>
[TestFixture]
internal sealed class NotificationSignatureTests
{
    private const string Key = "not-a-real-key-0123456789";
    private static readonly SigningKey _key = new(Key);
    private static readonly DateTimeOffset _now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Test]
    public void The_official_example_verifies()
    {
        Assert.That(Official.Body, Has.Length.EqualTo(1233));
        Assert.That(VerifyParts(Official.Timestamp, Official.Signature), Is.EqualTo(SignatureVerdict.Valid));
    }

    [Test]
    public void Signing_the_official_example_reproduces_its_header() =>
        Assert.That(
            NotificationSignature.CreateHeader(Official.Body, Official.ApiKey, Official.SignedAt),
            Is.EqualTo(Header(Official.Timestamp, Official.Signature)));

    [Test]
    public void Every_changed_bit_of_the_body_is_a_mismatch()
    {
        var header = Header(Official.Timestamp, Official.Signature);
        var body = Official.Body.ToArray();
        var accepted = new List<int>();
        for (var bit = 0; bit < body.Length * 8; bit++)
        {
            body[bit / 8] ^= (byte)(1 << (bit % 8));
            if (Verify(header, body) != SignatureVerdict.Mismatch)
                accepted.Add(bit);
            body[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.That(accepted, Is.Empty);
        Assert.That(Verify(header, body), Is.EqualTo(SignatureVerdict.Valid), "the body is itself again");
    }

    [Test]
    public void Every_lengthened_or_shortened_body_is_a_mismatch()
    {
        var header = Header(Official.Timestamp, Official.Signature);
        for (var length = 0; length < Official.Body.Length; length++)
            Assert.That(Verify(header, Official.Body.AsSpan(0, length)), Is.EqualTo(SignatureVerdict.Mismatch), $"first {length} bytes");

        Assert.That(Verify(header, [.. Official.Body, (byte)'\n']), Is.EqualTo(SignatureVerdict.Mismatch));
        Assert.That(Verify(header, [0xEF, 0xBB, 0xBF, .. Official.Body]), Is.EqualTo(SignatureVerdict.Mismatch));
    }

    [Test]
    public void Every_changed_byte_of_the_timestamp_is_rejected() =>
        Assert.That(
            Changes(Official.Timestamp).Where(timestamp => VerifyParts(timestamp, Official.Signature) is not (SignatureVerdict.Mismatch or SignatureVerdict.Malformed)),
            Is.Empty);

    [Test]
    public void Every_changed_byte_of_the_signature_is_rejected() =>
        Assert.That(
            Changes(Official.Signature).Where(signature => VerifyParts(Official.Timestamp, signature) is not (SignatureVerdict.Mismatch or SignatureVerdict.Malformed)),
            Is.Empty);

    [Test]
    public void Every_changed_byte_of_the_header_is_rejected()
    {
        var header = Header(Official.Timestamp, Official.Signature);
        Assert.That(
            Changes(header).Where(changed => !char.IsWhiteSpace(changed[0]) && !char.IsWhiteSpace(changed[^1]))
                .Where(changed => Verify(changed, Official.Body) == SignatureVerdict.Valid),
            Is.Empty);
    }

    [Test]
    public void Every_changed_byte_of_the_key_is_a_mismatch()
    {
        var header = Header(Official.Timestamp, Official.Signature);
        Assert.That(
            Changes(Official.ApiKey).Where(key =>
                NotificationSignature.Verify(header, Official.Body, new SigningKey(key), Official.SignedAt, NotificationSignature.DefaultTolerance) != SignatureVerdict.Mismatch),
            Is.Empty);
    }

    [TestCase(-601, SignatureVerdict.Expired)]
    [TestCase(-600, SignatureVerdict.Valid)]
    [TestCase(-1, SignatureVerdict.Valid)]
    [TestCase(0, SignatureVerdict.Valid)]
    [TestCase(1, SignatureVerdict.Valid)]
    [TestCase(600, SignatureVerdict.Valid)]
    [TestCase(601, SignatureVerdict.Expired)]
    [TestCase(int.MaxValue, SignatureVerdict.Expired)]
    public void The_tolerance_applies_in_whole_seconds_both_ways(int secondsLater, SignatureVerdict expected)
    {
        var header = NotificationSignature.CreateHeader("{}"u8, Key, _now);
        Assert.That(
            NotificationSignature.Verify(header, "{}"u8, _key, _now.AddSeconds(secondsLater), NotificationSignature.DefaultTolerance),
            Is.EqualTo(expected));
    }

    [Test]
    public void Fractions_of_a_second_beyond_the_tolerance_are_ignored()
    {
        var header = NotificationSignature.CreateHeader("{}"u8, Key, _now);
        Assert.That(
            NotificationSignature.Verify(header, "{}"u8, _key, _now.AddSeconds(600.999), NotificationSignature.DefaultTolerance),
            Is.EqualTo(SignatureVerdict.Valid));
    }

    [Test]
    public void A_forged_and_expired_signature_is_a_mismatch()
    {
        var header = NotificationSignature.CreateHeader("{}"u8, "another-key", _now.AddDays(-1));
        Assert.That(NotificationSignature.Verify(header, "{}"u8, _key, _now, NotificationSignature.DefaultTolerance), Is.EqualTo(SignatureVerdict.Mismatch));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("   ")]
    public void A_blank_header_is_a_missing_signature(string? header) => Assert.That(Verify(header, Official.Body), Is.EqualTo(SignatureVerdict.Missing));

    [TestCase("no base64 at all")]
    [TestCase("AAAA")]
    [TestCase("====")]
    [TestCase("\0")]
    public void A_header_that_is_no_Base64_signature_is_malformed(string header) => Assert.That(Verify(header, Official.Body), Is.EqualTo(SignatureVerdict.Malformed));

    // What cannot be a signature is not cut off until the rest can be one.
    [TestCase("é")]
    [TestCase("\u0430")]
    [TestCase("A")]
    [TestCase("AAAA")]
    public void A_header_with_characters_after_the_signature_is_malformed(string more)
    {
        Assert.That(Verify(Header(Official.Timestamp, Official.Signature) + more, Official.Body), Is.EqualTo(SignatureVerdict.Malformed));

        var longest = DateTimeOffset.FromUnixTimeSeconds(253_402_300_799);
        var header = NotificationSignature.CreateHeader("{}"u8, Key, longest);
        Assert.That(NotificationSignature.Verify(header, "{}"u8, _key, longest, NotificationSignature.DefaultTolerance), Is.EqualTo(SignatureVerdict.Valid));
        Assert.That(NotificationSignature.Verify(header + more, "{}"u8, _key, longest, NotificationSignature.DefaultTolerance), Is.EqualTo(SignatureVerdict.Malformed));
    }

    [Test]
    public void Invalid_signature_formats_are_malformed()
    {
        var stamp = Official.Timestamp;
        string[] contents =
        [
            Official.Signature,
            $":{Official.Signature}",
            $"{stamp}{Official.Signature}",
            $"{stamp};{Official.Signature}",
            $"{stamp}:{Official.Signature}:",
            $"{stamp}:{Official.Signature[1..]}",
            $"{stamp}:{Official.Signature}0",
            $"{stamp}:{Official.Signature.ToUpperInvariant()}",
            $"-{stamp}:{Official.Signature}",
            $"+{stamp}:{Official.Signature}",
            $" {stamp}:{Official.Signature}",
            $"{stamp}.0:{Official.Signature}",
            $"1e9:{Official.Signature}",
            $"9999999999999:{Official.Signature}",
            $"١٦٤١٢١٨٨٨٤:{Official.Signature}",
            $"{stamp}:{stamp}:{Official.Signature}",
            new('0', 100_000)
        ];

        Assert.Multiple(() =>
        {
            foreach (var content in contents)
                Assert.That(Verify(Base64(content), Official.Body), Is.EqualTo(SignatureVerdict.Malformed), content);
        });
    }

    [Test]
    public void White_space_around_header_and_key_is_ignored()
    {
        var header = Header(Official.Timestamp, Official.Signature);
        Assert.That(
            NotificationSignature.Verify($" {header}\t", Official.Body, new SigningKey($"\t{Official.ApiKey} \n"), Official.SignedAt, NotificationSignature.DefaultTolerance),
            Is.EqualTo(SignatureVerdict.Valid));
    }

    [TestCase("")]
    [TestCase("  \t")]
    public void An_empty_key_never_verifies_and_never_signs(string key)
    {
        // What anyone could sign with the empty key.
        var stamp = _now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var forged = Header(stamp, Convert.ToHexStringLower(HMACSHA512.HashData(Array.Empty<byte>(), Encoding.ASCII.GetBytes(stamp + ":{}"))));

        Assert.That(NotificationSignature.Verify(forged, "{}"u8, new SigningKey(key), _now, NotificationSignature.DefaultTolerance), Is.EqualTo(SignatureVerdict.Mismatch));
        Assert.That(() => NotificationSignature.CreateHeader("{}"u8, key, _now), Throws.ArgumentException);
    }

    [Test]
    public void Every_signed_body_verifies() =>
        Gen.Select(Gen.Byte.Array[0, 4000], Gen.String[Gen.Char.AlphaNumeric, 1, 300], Gen.Int[-600, 600], Gen.Long[0, 99_999_999_999])
            .Sample((body, key, skew, seconds) =>
            {
                var at = DateTimeOffset.FromUnixTimeSeconds(seconds + 600);
                var header = NotificationSignature.CreateHeader(body, key, at);
                return NotificationSignature.Verify(header, body, new SigningKey(key), at.AddSeconds(skew), NotificationSignature.DefaultTolerance) == SignatureVerdict.Valid
                    && NotificationSignature.Verify(header, body, new SigningKey(key + "x"), at, NotificationSignature.DefaultTolerance) == SignatureVerdict.Mismatch;
            });

    // From one digit to twelve, which is all that a date can have.
    [TestCase(0)]
    [TestCase(9)]
    [TestCase(10)]
    [TestCase(99_999_999_999)]
    [TestCase(100_000_000_000)]
    [TestCase(253_402_300_799)]
    public void A_timestamp_of_any_length_verifies(long seconds)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var header = NotificationSignature.CreateHeader("{}"u8, Key, at);
        Assert.That(NotificationSignature.Verify(header, "{}"u8, _key, at, NotificationSignature.DefaultTolerance), Is.EqualTo(SignatureVerdict.Valid));
    }

    // On the stack or not, the key is the key.
    [TestCase(255)]
    [TestCase(256)]
    [TestCase(257)]
    [TestCase(4096)]
    public void A_key_of_any_length_is_used_in_full(int length)
    {
        var key = string.Concat(Enumerable.Range(0, length).Select(index => (char)('a' + index % 26)));
        var stamp = _now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(stamp + ":{}")));
        Assert.That(NotificationSignature.Verify(Header(stamp, signature), "{}"u8, new SigningKey(key), _now, NotificationSignature.DefaultTolerance), Is.EqualTo(SignatureVerdict.Valid));
    }

    [Test]
    public void A_random_header_never_verifies_and_never_throws() =>
        Gen.OneOf(Gen.String, Gen.Byte.Array[0, 200].Select(Convert.ToBase64String))
            .Sample(header => Verify(header, Official.Body) is SignatureVerdict.Missing or SignatureVerdict.Malformed or SignatureVerdict.Mismatch);

    [Test]
    public void Non_ASCII_keys_are_encoded_as_UTF8()
    {
        const string key = "sléutel-🔑";
        var stamp = _now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(stamp + ":{}")));
        Assert.That(NotificationSignature.CreateHeader("{}"u8, key, _now), Is.EqualTo(Header(stamp, signature)));
    }

    [Test]
    public void Verification_allocates_the_same_for_small_and_large_bodies()
    {
        var small = Allocated(1024);
        var large = Allocated(64 * 1024);
        Assert.That(large, Is.EqualTo(small));

        static long Allocated(int size)
        {
            var body = new byte[size];
            var header = NotificationSignature.CreateHeader(body, Key, _now);
            for (var warmUp = 0; warmUp < 3; warmUp++)
                NotificationSignature.Verify(header, body, _key, _now, NotificationSignature.DefaultTolerance);

            var before = GC.GetAllocatedBytesForCurrentThread();
            var verdict = NotificationSignature.Verify(header, body, _key, _now, NotificationSignature.DefaultTolerance);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(verdict, Is.EqualTo(SignatureVerdict.Valid));
            return allocated;
        }
    }

    private static SignatureVerdict VerifyParts(string timestamp, string signature) => Verify(Header(timestamp, signature), Official.Body);

    private static SignatureVerdict Verify(string? header, ReadOnlySpan<byte> body) =>
        NotificationSignature.Verify(header, body, new SigningKey(Official.ApiKey), Official.SignedAt, NotificationSignature.DefaultTolerance);

    private static string Header(string timestamp, string signature) => Base64($"{timestamp}:{signature}");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>Every text that differs from this one in a single ASCII character.</summary>
    private static IEnumerable<string> Changes(string text) =>
        from position in Enumerable.Range(0, text.Length)
        from character in Enumerable.Range(1, 127)
        where (char)character != text[position]
        select string.Concat(text.AsSpan(0, position), new string((char)character, 1), text.AsSpan(position + 1));
}
