using System.Runtime.CompilerServices;

namespace NacGateway.Web.Desk.Live;

/// <summary>The streams that pages watch: one route for each topic.</summary>
internal static class LiveRoutes
{
    /// <summary>A page's own query is bounded; a longer one is nobody's page.</summary>
    private const int LongestQuery = 4096;

    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LiveOptions>().Bind(configuration.GetSection(LiveOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LiveHub>();
        services.AddSingleton<StreamSlots>();
        services.AddSingleton<EventStreams>();
    }

    /// <param name="desk">Where to.</param>
    /// <param name="build">Version of the pages.</param>
    public static void Map(IEndpointRouteBuilder desk, string build)
    {
        var hello = LiveEvent.Write([LiveEvent.Hello(build)]);
        foreach (var topic in desk.ServiceProvider.GetServices<ILiveTopic>())
        {
            desk.MapGet($"/live/{topic.Name}", (HttpContext context, LiveHub hub, EventStreams streams, IDeskRefusals refusals) => WatchAsync(context, topic, hello, hub, streams, refusals))
                .RequireRight(topic.Right).ExcludeFromDescription();
        }
    }

    private static async Task WatchAsync(HttpContext context, ILiveTopic topic, byte[] hello, LiveHub hub, EventStreams streams, IDeskRefusals refusals)
    {
        var query = new LiveQuery(context.Request.QueryString.Value ?? "", context.DeskUser().Role);
        if (query.Text.Length > LongestQuery)
        {
            await refusals.DeclineAsync(context, StatusCodes.Status414UriTooLong, "This page cannot be watched", "The query of this page is too long to watch it.");
            return;
        }

        if (await hub.JoinAsync(topic, query) is not { } listener)
        {
            await refusals.DeclineAsync(context, StatusCodes.Status503ServiceUnavailable, "There are no live values", "The live values cannot be read. The page asks again by itself.");
            return;
        }

        try
        {
            if (!await streams.TryRunAsync(context, topic.Right, stop => AllAsync(hello, listener, stop)))
            {
                await refusals.DeclineAsync(context, StatusCodes.Status429TooManyRequests, "Too many live pages", "You have too many live pages open. Close some of them; Live:StreamsPerUser sets the limit.");
            }
        }
        finally
        {
            hub.Leave(topic, query, listener);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> AllAsync(byte[] hello, LiveListener listener, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return hello;
        await foreach (var batch in listener.Reader.ReadAllAsync(cancellationToken))
        {
            yield return batch;
        }
    }
}
