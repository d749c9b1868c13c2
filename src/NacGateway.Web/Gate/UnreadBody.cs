using Microsoft.AspNetCore.Connections.Features;

namespace NacGateway.Web.Gate;

/// <summary>Ends the connection of a client that waits for 100 Continue before it sends its body.</summary>
internal static class UnreadBody
{
    /// <summary>
    /// Kestrel would wait five seconds for a body that nobody sends, and then reset the connection, which can take the answer with it.
    /// Nothing is under way from the client, so the connection can be closed in order right after the answer.
    /// </summary>
    public static async Task CloseAsync(HttpContext context, Task written)
    {
        await written;
        await context.Response.CompleteAsync();
        if (context.Features.Get<IConnectionTransportFeature>() is { } connection)
        {
            await connection.Transport.Output.CompleteAsync();
        }
    }
}
