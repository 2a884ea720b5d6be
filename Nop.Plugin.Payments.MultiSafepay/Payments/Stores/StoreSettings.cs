using Nop.Core.Domain.Logging;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Configuration;
using Nop.Services.Logging;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>
/// The settings of a given store, and the API keys in them. The keys are stored encrypted and leave this class only as <see cref="ApiCredentials"/> and
/// <see cref="SigningKey"/>.
/// </summary>
public class StoreSettings(ISettingService settingService, IEncryptionService encryptionService, SigningKeys signingKeys, ILogger logger)
{
    private const string TestKeySetting = $"{nameof(MultiSafepaySettings)}.{nameof(MultiSafepaySettings.TestApiKey)}";
    private const string LiveKeySetting = $"{nameof(MultiSafepaySettings)}.{nameof(MultiSafepaySettings.LiveApiKey)}";
    private const string DebugLogSetting = $"{nameof(MultiSafepaySettings)}.{nameof(MultiSafepaySettings.DebugLog)}";

    /// <summary>Loads the settings of one store, never those of the current request's host.</summary>
    public Task<MultiSafepaySettings> ForStoreAsync(int storeId) => settingService.LoadSettingAsync<MultiSafepaySettings>(storeId);

    /// <summary>The credentials of one environment, or null when the owner has entered no key for it.</summary>
    public ApiCredentials? Credentials(MultiSafepaySettings settings, MultiSafepayEnvironment environment)
    {
        var stored = Stored(settings, environment);
        if (string.IsNullOrEmpty(stored))
            return null;

        var key = Decrypt(stored);
        return string.IsNullOrWhiteSpace(key) ? null : new ApiCredentials(environment, key) { Trace = settings.DebugLog ? LogAsync : null };
    }

    /// <summary>The credentials of one environment, for a call that cannot be made without.</summary>
    /// <exception cref="MultiSafepayApiException">The owner has entered no key for it: <see cref="MultiSafepayErrorCodes.ApiKey"/>.</exception>
    public ApiCredentials RequireCredentials(MultiSafepaySettings settings, MultiSafepayEnvironment environment) => Credentials(settings, environment)
        ?? throw new MultiSafepayApiException($"The shop has no API key for MultiSafepay's {environment} environment.") { Code = MultiSafepayErrorCodes.ApiKey };

    /// <summary>The attempts that MultiSafepay has to be asked about, and can be: the shop has a key for their environment.</summary>
    public IEnumerable<PaymentAttempt> AskableAttempts(MultiSafepaySettings settings, PaymentRecord record) =>
        record.Attempts.Where(attempt => attempt.IsOfInterest && Credentials(settings, attempt.Environment) is not null);

    /// <summary>
    /// The key that the notifications for one environment of a store are signed with, or null when there is none. It reads no other setting: nopCommerce takes longer to
    /// load them all than the check of a signature takes, and anybody can ask for one.
    /// </summary>
    public async Task<SigningKey?> SigningKeyAsync(int storeId, MultiSafepayEnvironment environment)
    {
        var stored = await settingService.GetSettingByKeyAsync<string?>(
            environment == MultiSafepayEnvironment.Live ? LiveKeySetting : TestKeySetting, storeId: storeId, loadSharedValueIfNotFound: true);
        return string.IsNullOrEmpty(stored) ? null : signingKeys.Find(stored, Decrypt);
    }

    /// <summary>Whether the owner of the store wants to see every notification in the log.</summary>
    public Task<bool> IsDebugLogOnAsync(int storeId) => settingService.GetSettingByKeyAsync<bool>(DebugLogSetting, storeId: storeId, loadSharedValueIfNotFound: true);

    /// <summary>Whether a key is stored that cannot be read: the shop's encryption key was changed. The owner has to enter it again.</summary>
    public bool IsUnreadable(MultiSafepaySettings settings, MultiSafepayEnvironment environment) =>
        !string.IsNullOrEmpty(Stored(settings, environment)) && Credentials(settings, environment) is null;

    /// <summary>Encrypts a key for storage. An empty key stays empty: it removes the stored one.</summary>
    public string Protect(string? apiKey)
    {
        var trimmed = apiKey?.Trim();
        return string.IsNullOrEmpty(trimmed) ? string.Empty : encryptionService.EncryptText(trimmed);
    }

    private static string? Stored(MultiSafepaySettings settings, MultiSafepayEnvironment environment) =>
        environment == MultiSafepayEnvironment.Live ? settings.LiveApiKey : settings.TestApiKey;

    private Task LogAsync(ApiExchange exchange) => logger.InsertLogAsync(LogLevel.Debug, $"{MultiSafepayDefaults.SystemName}: {exchange}");

    // A key that cannot be decrypted (the shop's encryption key was changed) is as good as none: the owner has to enter it again.
    private string? Decrypt(string stored)
    {
        try
        {
            return encryptionService.DecryptText(stored);
        }
        catch (Exception exception) when (exception is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null;
        }
    }
}
