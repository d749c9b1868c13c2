using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Options;
using NacGateway.Web.Gate.Forwarding;

namespace NacGateway.Web.Gate.Probes;

/// <summary>
/// Gate:IsolatedLan, for a network that leads nowhere on purpose: a signed-in client whose probe cannot be answered from outside is told
/// that it is online, so that it stays. It is never told to a client that the Captive Portal API calls captive, for that one has no session.
/// </summary>
internal sealed partial class IsolatedLan(IOptions<GateOptions> options, ProbeRule probes, ILogger<IsolatedLan> log)
{
    private readonly bool _isOn = options.Value.IsolatedLan;
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>Answers in place of the host that could not be reached; false when this is not the switch's matter, and nothing was written.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context)
    {
        if (!_isOn || probes.Entry(context.Request) is not { Online: { } online } entry)
        {
            return false;
        }

        // A line for each kind of client, and not for each probe: they come every few seconds.
        if (_told.TryAdd(entry.Id, true))
        {
            Log.Told(log, entry.Id, Destination.HostField(context.Request) ?? "-");
        }

        var body = Encoding.UTF8.GetBytes(online.Body ?? "");
        var response = context.Response;
        response.StatusCode = online.Status;
        response.Headers.CacheControl = "no-store";
        foreach (var (name, value) in online.Headers)
        {
            response.Headers[name] = value;
        }

        if (online.Status != StatusCodes.Status204NoContent)
        {
            response.ContentType = online.Type ?? "text/plain";
            response.ContentLength = body.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await response.Body.WriteAsync(body, context.RequestAborted);
            }
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(6050, LogLevel.Warning, "Gate:IsolatedLan: clients of the probe table's entry {Probe} are told that they are online, though {Host} cannot be reached. Said once for each entry.")]
        public static partial void Told(ILogger logger, string probe, string host);
    }
}
