using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>A key that is kept signs as one that is made anew: whoever uses it at the same time, and whatever it signed or failed to sign before.</summary>
[TestFixture]
internal sealed class SigningKeyTests
{
    private const string Key = "not-a-real-key-0123456789";

    [Test]
    public void Concurrent_signing_yields_correct_signatures()
    {
        var key = new SigningKey(Key);
        var wrong = Enumerable.Range(0, 5000).AsParallel().WithDegreeOfParallelism(16).Where(number =>
        {
            var first = Encoding.ASCII.GetBytes($"{number}:");
            var second = new byte[number];
            return !Sign(key, first, second).AsSpan().SequenceEqual(HMACSHA512.HashData(Encoding.UTF8.GetBytes(Key), (byte[])[.. first, .. second]));
        });
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void A_signature_does_not_depend_on_what_was_signed_before()
    {
        var kept = new SigningKey(Key);
        Gen.Select(Gen.Byte.Array[0, 20], Gen.Byte.Array[0, 500])
            .Sample((first, second) => Sign(kept, first, second).AsSpan().SequenceEqual(Sign(new SigningKey(Key), first, second)));
    }

    [Test]
    public void A_failed_signing_does_not_affect_the_next()
    {
        var key = new SigningKey(Key);
        var expected = Sign(key, "1:"u8, "{}"u8);
        Assert.That(() => key.Sign("1:"u8, "{\"half\":"u8, new byte[10]), Throws.ArgumentException, "there is no room for the signature");
        Assert.That(Sign(key, "1:"u8, "{}"u8), Is.EqualTo(expected));
    }

    [Test]
    public void A_reused_key_allocates_less_than_a_new_one()
    {
        var kept = new SigningKey(Key);
        Sign(kept, "1:"u8, "{}"u8);
        var first = Allocated(new SigningKey(Key));
        Assert.That(Allocated(kept), Is.LessThan(first));

        static long Allocated(SigningKey key)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Sign(key, "1:"u8, "{}"u8);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static byte[] Sign(SigningKey key, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var signature = new byte[HMACSHA512.HashSizeInBytes];
        key.Sign(first, second, signature);
        return signature;
    }
}
