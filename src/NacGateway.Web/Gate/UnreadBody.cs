using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace NacGateway.Web.Gate;

/// <summary>Sees to it that a client whose body nobody wants still gets to read the answer.</summary>
internal static class UnreadBody
{
    /// <summary>
    /// After the answer Kestrel takes in what the client has under way, for five seconds at most, because a reset would destroy the
    /// answer before it is read. With the limit for forms it would give up at once.
    /// </summary>
    public static void LetDrain(HttpContext context)
    {
        var request = context.Request;
        if ((request.ContentLength > 0 || request.Headers.TransferEncoding.Count != 0)
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }

    /// <summary>
    /// For one that waits for 100 Continue Kestrel would wait five seconds for a body that nobody sends, and then reset the connection, which can take the answer with it.
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
