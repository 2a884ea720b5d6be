using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>Stands between plugin and MultiSafepay and puts words into its answers that MultiSafepay would never use.</summary>
internal static class RewrittenAnswers
{
    /// <summary>Replaces the values of all fields with this name, at whatever depth, by a text.</summary>
    public static void Rewrite(this IServiceCollection services, Func<string, string?> valueOf) => services.ConfigureAll<HttpClientFactoryOptions>(options =>
        options.HttpMessageHandlerBuilderActions.Add(builder => builder.AdditionalHandlers.Add(new Handler(valueOf))));

    private sealed class Handler(Func<string, string?> valueOf) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)) is { } json)
            {
                Replace(json);
                answer.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
            }

            return answer;
        }

        private void Replace(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject fields:
                    foreach (var (name, value) in fields.ToList())
                    {
                        if (value?.GetValueKind() == JsonValueKind.String && valueOf(name) is { } text)
                            fields[name] = text;
                        else
                            Replace(value);
                    }

                    break;
                case JsonArray elements:
                    foreach (var element in elements)
                        Replace(element);
                    break;
            }
        }
    }
}
