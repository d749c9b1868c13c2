using Microsoft.AspNetCore.Http.Features;

namespace NacGateway.Web.Desk.Live;

/// <summary>
/// Carries a stream of events (HTML, section 9.2) to whoever may see them: asks again and again whether he still may, says that it is there
/// while nothing happens, and ends at once when the gateway stops.
/// </summary>
internal sealed class EventStreams(StreamSlots slots, IDeskAuthentication authentication, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How soon the end of a sign-in, or another role, is seen.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(10);

    /// <summary>The longest silence. As long as <see cref="Recheck"/>: where nothing happens the look at who reads comes with it.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    /// <summary>Header of requests that say nothing about whether somebody is there.</summary>
    private const string Unattended = "X-Unattended";

    private static readonly byte[] s_start = ": \nretry: 2000\n\n"u8.ToArray();
    private static readonly byte[] s_beat = ":\n\n"u8.ToArray();

    /// <summary>Sends what the source yields until it ends.</summary>
    /// <returns>False when there are too many streams already; nothing has been sent then.</returns>
    public async Task<bool> TryRunAsync(HttpContext context, DeskRight right, Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> source)
    {
        var user = context.DeskUser();
        if (!slots.TryTake(user.Name))
        {
            return false;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            // A stream is no sign of life: the checks below must not put off the end of an idle sign-in.
            context.Request.Headers[Unattended] = "1";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            await WriteAsync(context, s_start, stop.Token);
            await CarryAsync(context, user, right, source(stop.Token), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader has gone, or the gateway stops; a browser comes again by itself.
        }
        finally
        {
            slots.Give(user.Name);
        }

        return true;
    }

    private async Task CarryAsync(HttpContext context, DeskUser user, DeskRight right, IAsyncEnumerable<ReadOnlyMemory<byte>> source, CancellationTokenSource stop)
    {
        var parts = source.GetAsyncEnumerator(stop.Token);
        Task<bool>? next = null;
        var lookedAt = time.GetTimestamp();
        try
        {
            while (true)
            {
                next ??= parts.MoveNextAsync().AsTask();
                await WaitAsync(next, stop.Token);
                if (time.GetElapsedTime(lookedAt) >= Recheck)
                {
                    lookedAt = time.GetTimestamp();
                    if (await ObjectionAsync(context, user, right, stop.Token) is { } objection)
                    {
                        await WriteAsync(context, LiveEvent.Write([objection]), stop.Token);
                        return;
                    }
                }

                if (!next.IsCompleted)
                {
                    await WriteAsync(context, s_beat, stop.Token);
                    continue;
                }

                if (!await next)
                {
                    return;
                }

                next = null;
                await WriteAsync(context, parts.Current, stop.Token);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await (next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await parts.DisposeAsync();
        }
    }

    /// <summary>Until there is something, but not longer than a beat.</summary>
    private async Task WaitAsync(Task next, CancellationToken cancellationToken)
    {
        if (next.IsCompleted)
        {
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(next, Task.Delay(Beat, time, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Why he may not see it any more; null while he may.</summary>
    private async Task<LiveEvent?> ObjectionAsync(HttpContext context, DeskUser user, DeskRight right, CancellationToken cancellationToken)
    {
        var now = await authentication.AuthenticateAsync(context, cancellationToken);
        return now is null ? LiveEvent.Notice("signed-out", "You are signed out. Sign in again to continue.")
            : now.Role != user.Role || (right != DeskRight.None && !now.May(right)) ? LiveEvent.Notice("info", "Your role has changed. Load this page again.")
            : null;
    }

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(octets, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
