using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Tests.Api;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Notices;

/// <summary>The addresses of calls about stored payment details contain the customer's reference and the token, and are in no log.</summary>
[TestFixture]
internal sealed class StoredDetailsLogTests
{
    private const string Reference = "reference-of-a-customer";
    private const string Token = "token-of-a-card";

    [Test]
    public async Task Neither_log_nor_diagnostics_contain_reference_or_token([Values(200, 404, 410, 500)] int status)
    {
        var lines = new List<string>();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(lines)));
        services.AddPayments(new ConfigurationBuilder().Build());
        services.AddHttpClient(nameof(IMultiSafepayClient)).ConfigurePrimaryHttpMessageHandler(() =>
            StubHandler.Answering("""{"success": false, "error_code": 1000, "error_info": "Not found"}""", (HttpStatusCode)status));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IMultiSafepayClient>();

        foreach (var call in new Func<Task>[]
        {
            () => client.GetTokensAsync(StubHandler.Credentials, Reference, CancellationToken.None),
            () => client.GetTokenAsync(StubHandler.Credentials, Reference, Token, CancellationToken.None),
            () => client.UpdateTokenAsync(StubHandler.Credentials, Reference, Token, "3012", CancellationToken.None),
            () => client.RemoveTokenAsync(StubHandler.Credentials, Reference, Token, CancellationToken.None)
        })
        {
            try
            {
                await call();
            }
            catch (MultiSafepayApiException)
            {
                // Only what is written down matters here.
            }
        }

        var failed = provider.GetRequiredService<RecentActivity>().FailedCalls;
        Assert.That(lines.Concat(failed.Select(entry => entry.What)), Has.None.Contains(Reference).And.None.Contains(Token));
        Assert.That(failed.Select(entry => entry.What).Distinct().ToList(), status == 500
            ? Is.EquivalentTo(new[] { "GET recurring/-", "GET recurring/-/token/-", "PATCH recurring/-/update/-", "DELETE recurring/-/remove/-" })
            : Is.Empty, "that a customer has no stored details is not a failure");
    }

    private sealed class Recorder(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            lines.Add(state.ToString()!);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
