using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Api.Events;

/// <summary>What happens to sessions, told to programs as it happens.</summary>
internal static class EventsApi
{
    /// <summary>Events that are sent at once.</summary>
    private const int Batch = 256;

    /// <summary>After so many events that a program did not ask for it is told how far they go.</summary>
    private const int Untold = 1000;

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<EventRing>();
        services.AddHostedService(provided => provided.GetRequiredService<EventRing>());
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/events", WatchAsync).RequireRight(DeskRight.Read)
            .Describe("watchEvents", "Events", "Tells of sessions that are opened, changed and ended, and of sign-ins that are refused, as it happens (Server-Sent Events).")
            .WithDescription("Events are named `session`; each has an id, and who sends the last one as Last-Event-ID goes on behind it. An event `gap` says that some are missing: read the lists then. A comment comes every 10 seconds while nothing happens.")
            .Produces<SessionEventItem>(StatusCodes.Status200OK, "text/event-stream");

    private static async Task<IResult> WatchAsync(
        HttpContext context,
        EventRing ring,
        EventStreams streams,
        [FromQuery, Description("Only these kinds, separated by commas: opened, changed, ended, refused.")] string? kind,
        [FromQuery, Description("Only those of this user.")] string? user,
        [FromHeader(Name = "Last-Event-ID"), Description("The id of the last event that was read.")] string? lastEventId)
    {
        if (EventFilter.Read(kind, user) is not { } filter)
        {
            return ApiProblem.Invalid("kind", $"The kinds are {EventFilter.Words}.");
        }

        return await streams.TryRunAsync(context, DeskRight.Read, stop => AllAsync(ring, filter, lastEventId, stop))
            ? Results.Empty
            : new ApiProblem(ProblemKind.TooMany, "There are too many streams open; Live:StreamsPerUser and Live:Streams set the limits.");
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> AllAsync(EventRing ring, EventFilter filter, string? lastEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = ring.Newest;
        if (!string.IsNullOrEmpty(lastEventId))
        {
            var known = ReadId(ring, lastEventId);
            at = Math.Min(known ?? 0, at);
            if (known is null)
            {
                // Of another run of the gateway nothing is known, but all of this one is newer.
                yield return KeptEvent.Write("gap", KeptEvent.Id(ring.Run, 0), new EventGap(null));
            }
        }

        for (var told = at; ;)
        {
            var (events, missed, last) = ring.After(at, Batch);
            at = last;
            var part = new ArrayBufferWriter<byte>();
            if (missed > 0)
            {
                part.Write(KeptEvent.Write("gap", KeptEvent.Id(ring.Run, last - events.Count), new EventGap(missed)));
            }

            foreach (var one in events.Where(one => filter.Takes(one.Notice)))
            {
                part.Write(one.Written.Span);
                told = one.Number;
            }

            if (at - told >= Untold)
            {
                // An id alone is no event: it only moves the place to go on from, past what this program did not ask for.
                part.Write(Encoding.UTF8.GetBytes($"id: {KeptEvent.Id(ring.Run, at)}\n\n"));
                told = at;
            }

            if (part.WrittenCount > 0)
            {
                yield return part.WrittenMemory;
            }

            await ring.WaitAsync(at, cancellationToken);
        }
    }

    /// <summary>The number in an id of this run; null for one of another, or for none of ours.</summary>
    private static long? ReadId(EventRing ring, string id) =>
        id.StartsWith(ring.Run + "-", StringComparison.Ordinal) && long.TryParse(id.AsSpan(ring.Run.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
