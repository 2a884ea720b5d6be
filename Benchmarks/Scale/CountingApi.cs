using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Benchmarks.Scale;

/// <summary>Stands in for MultiSafepay, counts the calls, and says of every order that its payment page was opened and nothing was paid.</summary>
internal sealed class CountingApi : HttpMessageHandler
{
    public int Count { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Count++;
        var orderId = Uri.UnescapeDataString(request.RequestUri!.Segments[^1]);
        var answer = new JsonObject { ["success"] = true, ["data"] = Samples.Transaction(orderId, Samples.NoOrder, 4995, "initialized") };
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/json") });
    }
}
