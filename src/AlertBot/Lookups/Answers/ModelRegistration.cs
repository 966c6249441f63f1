using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AlertBot.Lookups.Answers;

internal static class ModelRegistration
{
    private const string Client = "model";

    // The protocol wants a key, whether the server does or not.
    private const string NoKey = "none";

    public static void AddModel(this IServiceCollection services, ModelOptions options)
    {
        if (!options.IsOn)
        {
            return;
        }

        services.AddHttpClient(Client);
        services.AddSingleton(options);
        services.AddSingleton(p => ClientOf(options, p.GetRequiredService<IHttpClientFactory>()));
        services.AddSingleton<ModelWriter>();
    }

    private static IChatClient ClientOf(ModelOptions options, IHttpClientFactory http)
    {
        var settings = new OpenAIClientOptions { RetryPolicy = new ClientRetryPolicy(0), Transport = new HttpClientPipelineTransport(http.CreateClient(Client)) };
        if (options.Endpoint.Length > 0)
        {
            settings.Endpoint = new Uri(options.Endpoint);
        }

        return new OpenAIClient(new ApiKeyCredential(options.Key.Length > 0 ? options.Key : NoKey), settings).GetChatClient(options.Name).AsIChatClient();
    }
}
