using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Tests an API key with MultiSafepay without saving it, and explains the common mistakes.</summary>
public class ConnectionCheck(IMultiSafepayClient client, RefusedKeys refusedKeys, ConfigurationTexts texts)
{
    /// <summary>Tests a key.</summary>
    /// <param name="environment">The environment that the key is entered for.</param>
    /// <param name="key">The key as it was entered. Surrounding white space is not an error, but is mentioned in the result.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<CheckResult> RunAsync(MultiSafepayEnvironment environment, string? key, CancellationToken cancellationToken)
    {
        var trimmed = key?.Trim() ?? string.Empty;
        if (trimmed.Length == 0)
            return await ResultAsync(CheckState.Bad, "Check.NoKey", await NameAsync(environment));

        var result = await TryAsync(new ApiCredentials(environment, trimmed), cancellationToken);
        return trimmed == key ? result : result with { Text = $"{result.Text} {await texts.TextAsync("Check.KeyTrimmed")}" };
    }

    private async Task<CheckResult> TryAsync(ApiCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            var account = await client.GetAccountAsync(credentials, cancellationToken);
            var methods = await client.GetPaymentMethodsAsync(credentials, new PaymentMethodQuery(), cancellationToken);
            refusedKeys.Report(credentials, failure: null);
            return await ResultAsync(methods.Count > 0 ? CheckState.Good : CheckState.Warning, methods.Count > 0 ? "Check.KeyWorks" : "Check.KeyWorksWithoutMethods",
                await NameAsync(credentials.Environment), account.AccountId ?? "-", account.SiteId ?? "-", methods.Count);
        }
        catch (MultiSafepayApiException exception)
        {
            refusedKeys.Report(credentials, exception);
            return await FailureAsync(credentials, exception, cancellationToken);
        }
    }

    private async Task<CheckResult> FailureAsync(ApiCredentials credentials, MultiSafepayApiException exception, CancellationToken cancellationToken)
    {
        var name = await NameAsync(credentials.Environment);
        if (exception.IsTransient)
            return await ResultAsync(CheckState.Bad, "Check.Unreachable", name);
        return exception.Code switch
        {
            MultiSafepayErrorCodes.SiteInactive => await ResultAsync(CheckState.Bad, "Check.SiteInactive", name),
            MultiSafepayErrorCodes.AccountBlocked => await ResultAsync(CheckState.Bad, "Check.AccountBlocked", name),
            _ when await BelongsElsewhereAsync(credentials, cancellationToken) =>
                await ResultAsync(CheckState.Bad, "Check.KeyOfOtherEnvironment", name, await NameAsync(Other(credentials.Environment))),
            MultiSafepayErrorCodes.ApiKey => await ResultAsync(CheckState.Bad, "Check.KeyRefused", name),
            _ => await ResultAsync(CheckState.Bad, "Check.Refused", name, exception.Code ?? 0, exception.Info ?? string.Empty)
        };
    }

    // The most common mistake: the key of the test dashboard in the live field, or the other way round.
    private async Task<bool> BelongsElsewhereAsync(ApiCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetAccountAsync(credentials with { Environment = Other(credentials.Environment) }, cancellationToken);
            return true;
        }
        catch (MultiSafepayApiException)
        {
            return false;
        }
    }

    private static MultiSafepayEnvironment Other(MultiSafepayEnvironment environment) =>
        environment == MultiSafepayEnvironment.Live ? MultiSafepayEnvironment.Test : MultiSafepayEnvironment.Live;

    private Task<string> NameAsync(MultiSafepayEnvironment environment) => texts.TextAsync($"Check.Environment.{environment}");

    private async Task<CheckResult> ResultAsync(CheckState state, string key, params object[] arguments) => new(state, await texts.FormatAsync(key, arguments));
}
