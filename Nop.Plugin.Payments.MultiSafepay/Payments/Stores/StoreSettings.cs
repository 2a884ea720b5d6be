using Nop.Core.Domain.Logging;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Configuration;
using Nop.Services.Logging;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>
/// Loads the settings of a store, and the API keys in them. The keys are stored encrypted and leave this class only as <see cref="ApiCredentials"/> and
/// <see cref="SigningKey"/>.
/// </summary>
public class StoreSettings(ISettingService settingService, Deferred<IEncryptionService> encryptionService, SigningKeys signingKeys, Deferred<ILogger> logger)
{
    private const string TestKeySetting = $"{nameof(MultiSafepaySettings)}.{nameof(MultiSafepaySettings.TestApiKey)}";
    private const string LiveKeySetting = $"{nameof(MultiSafepaySettings)}.{nameof(MultiSafepaySettings.LiveApiKey)}";
    private const string StatusMappingSetting = $"{nameof(MultiSafepaySettings)}.{nameof(MultiSafepaySettings.StatusMapping)}";
    private const string DebugLogSetting = $"{nameof(MultiSafepaySettings)}.{nameof(MultiSafepaySettings.DebugLog)}";

    /// <summary>Loads the settings of the given store, not those of the store of the current request.</summary>
    public Task<MultiSafepaySettings> ForStoreAsync(int storeId) => settingService.LoadSettingAsync<MultiSafepaySettings>(storeId);

    /// <summary>The credentials of an environment; null if the owner has entered no key for it or the stored key cannot be decrypted.</summary>
    public ApiCredentials? Credentials(MultiSafepaySettings settings, MultiSafepayEnvironment environment)
    {
        var stored = Stored(settings, environment);
        if (string.IsNullOrEmpty(stored))
            return null;

        var key = Decrypt(stored);
        return string.IsNullOrWhiteSpace(key) ? null : new ApiCredentials(environment, key) { Trace = settings.DebugLog ? LogAsync : null };
    }

    /// <summary>The credentials of an environment, for a call that needs them.</summary>
    /// <exception cref="MultiSafepayApiException">There is no readable key for the environment; the code is <see cref="MultiSafepayErrorCodes.ApiKey"/>.</exception>
    public ApiCredentials RequireCredentials(MultiSafepaySettings settings, MultiSafepayEnvironment environment) => Credentials(settings, environment)
        ?? throw new MultiSafepayApiException($"The shop has no API key for MultiSafepay's {environment} environment.") { Code = MultiSafepayErrorCodes.ApiKey };

    /// <summary>The attempts that MultiSafepay needs to be asked about and whose environment the shop has a key for.</summary>
    public IEnumerable<PaymentAttempt> AskableAttempts(MultiSafepaySettings settings, PaymentRecord record) =>
        record.Attempts.Where(attempt => attempt.IsOfInterest && Credentials(settings, attempt.Environment) is not null);

    /// <summary>
    /// The key with which the notifications of a store and an environment are signed; null if there is no readable key. No other setting is read: loading them all takes nopCommerce
    /// longer than verifying a signature, and anybody can cause a verification.
    /// </summary>
    public async Task<SigningKey?> SigningKeyAsync(int storeId, MultiSafepayEnvironment environment)
    {
        var stored = await settingService.GetSettingByKeyAsync<string?>(
            environment == MultiSafepayEnvironment.Live ? LiveKeySetting : TestKeySetting, storeId: storeId, loadSharedValueIfNotFound: true);
        return string.IsNullOrEmpty(stored) ? null : signingKeys.Find(stored, Decrypt);
    }

    /// <summary>Whether the owner has turned on the debug log for the store.</summary>
    public Task<bool> IsDebugLogOnAsync(int storeId) => settingService.GetSettingByKeyAsync<bool>(DebugLogSetting, storeId: storeId, loadSharedValueIfNotFound: true);

    /// <summary>The owner's mapping of statuses for the store. No other setting is read, as above.</summary>
    public async Task<StatusMapping> StatusMappingAsync(int storeId) =>
        StatusMapping.Parse(await settingService.GetSettingByKeyAsync<string?>(StatusMappingSetting, storeId: storeId, loadSharedValueIfNotFound: true));

    /// <summary>Whether the stored key cannot be decrypted because the shop's encryption key was changed. The owner has to enter it again.</summary>
    public bool IsUnreadable(MultiSafepaySettings settings, MultiSafepayEnvironment environment) =>
        !string.IsNullOrEmpty(Stored(settings, environment)) && Credentials(settings, environment) is null;

    /// <summary>Encrypts a key for storage. An empty key stays empty, which removes the stored one.</summary>
    public string Protect(string? apiKey)
    {
        var trimmed = apiKey?.Trim();
        return string.IsNullOrEmpty(trimmed) ? string.Empty : encryptionService.Value.EncryptText(trimmed);
    }

    private static string? Stored(MultiSafepaySettings settings, MultiSafepayEnvironment environment) =>
        environment == MultiSafepayEnvironment.Live ? settings.LiveApiKey : settings.TestApiKey;

    private Task LogAsync(ApiExchange exchange) => logger.Value.InsertLogAsync(LogLevel.Debug, $"{MultiSafepayDefaults.SystemName}: {exchange}");

    // A key that cannot be decrypted, because the shop's encryption key was changed, is treated as missing: the owner has to enter it again.
    private string? Decrypt(string stored)
    {
        try
        {
            return encryptionService.Value.DecryptText(stored);
        }
        catch (Exception exception) when (exception is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null;
        }
    }
}
