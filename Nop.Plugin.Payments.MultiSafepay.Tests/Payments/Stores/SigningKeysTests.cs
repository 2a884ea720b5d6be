using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Stores;

/// <summary>Decrypted keys are kept for a minute: long enough that a storm of forged notifications decrypts nothing, short enough that no owner waits for what was changed.</summary>
[TestFixture]
internal sealed class SigningKeysTests
{
    private static readonly DateTimeOffset _now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(_now);
    private readonly List<string> _decrypted = [];
    private SigningKeys _keys = null!;
    private bool _isReadable;

    [SetUp]
    public void SetUp()
    {
        _keys = new SigningKeys(_time);
        _decrypted.Clear();
        _isReadable = true;
    }

    [Test]
    public void A_key_is_decrypted_once_a_minute()
    {
        for (var second = 0; second < 120; second++)
        {
            Assert.That(Verifies("one"), Is.True);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(_decrypted, Is.EqualTo(new[] { "one", "one" }));
    }

    [Test]
    public void A_changed_key_takes_effect_immediately()
    {
        Assert.That(Verifies("one"), Is.True);
        Assert.That(Verifies("two"), Is.True);
        Assert.That(Find("two")!, Is.Not.SameAs(Find("one")));
    }

    // The owner changed the shop's encryption key, and has entered the API key again or put the old encryption key back.
    [Test]
    public void A_key_that_cannot_be_decrypted_is_retried_after_a_minute()
    {
        _isReadable = false;
        Assert.That(Find("one"), Is.Null);
        Assert.That(Find("one"), Is.Null);
        Assert.That(_decrypted, Has.Count.EqualTo(1), "trying takes long, too");

        _isReadable = true;
        _time.Advance(SigningKeys.Lifetime);
        Assert.That(Verifies("one"), Is.True);
    }

    [Test]
    public void A_key_that_can_no_longer_be_decrypted_is_dropped_after_a_minute()
    {
        Assert.That(Verifies("one"), Is.True);
        _isReadable = false;
        _time.Advance(SigningKeys.Lifetime);
        Assert.That(Find("one"), Is.Null);
    }

    [Test]
    public void Keys_that_are_no_longer_used_are_released_from_memory()
    {
        var old = FindWeakly("old");
        _time.Advance(SigningKeys.Lifetime);
        Find("new");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.That(old.IsAlive, Is.False);
    }

    // By itself, so that no local variable holds the key.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference FindWeakly(string encrypted) => new(Find(encrypted));

    private bool Verifies(string apiKey) => NotificationSignature.Verify(
        NotificationSignature.CreateHeader("{}"u8, apiKey, _now), "{}"u8, Find(apiKey)!, _now, NotificationSignature.DefaultTolerance) == SignatureVerdict.Valid;

    private SigningKey? Find(string encrypted) => _keys.Find(encrypted, text =>
    {
        _decrypted.Add(text);
        return _isReadable ? text : null;
    });
}
