using System.Net;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Accounting;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>
/// The configured servers as they take accounting: clients of their own, by UDP to another port, by TLS on another connection
/// (the two kinds do not share one). A server that says it takes none is left alone until the gateway is started anew. Safe for concurrent use.
/// </summary>
internal sealed partial class AccountingServers(RadiusServers servers, TimeProvider time, ILogger<AccountingServers> log) : IAccountingServers, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _refusing = new(StringComparer.OrdinalIgnoreCase);
    private ResolvedServers? _resolved;
    private RadiusServerGroup? _group;

    public IReadOnlyList<ServerHealth> Health => Current().Group?.Health ?? [];

    public async Task<Delivery> OfferAsync(string? first, Action<RadiusPacket, IPAddress?> fill, TimeSpan limit, CancellationToken cancellationToken)
    {
        var (group, resolved) = Current();
        if (group is null)
        {
            return new Delivery(false, resolved.Endpoints.Count == 0 ? "no name of Radius:Servers could be resolved" : "every server has said that it takes no accounting");
        }

        var result = await group.ExchangeAsync(
            RadiusCode.AccountingRequest,
            (request, server) => fill(request, resolved.Find(server.Name)?.NasAddress),
            limit, FailoverMode.Sequential, first, cancellationToken).ConfigureAwait(false);

        // RFC 6614 section 2.5: a server behind TLS that does no accounting says so in its answer, which is then no acknowledgement.
        var refusal = result.Server?.Tls is null && result.Status == ExchangeStatus.Answered ? null : result.Reply?.ErrorCause;
        if (refusal == ErrorCause.UnsupportedExtension && result.Server is { } refusing)
        {
            Leave(refusing.Name);
        }

        return result.Status == ExchangeStatus.Answered && refusal is null ? new Delivery(true, null, result.Server?.Name) : new Delivery(false, Words(result, refusal));
    }

    public async ValueTask DisposeAsync()
    {
        RadiusServerGroup? group;
        lock (_lock)
        {
            (group, _group) = (_group, null);
            _resolved = servers.Current;
        }

        if (group is not null)
        {
            await group.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string Words(ExchangeResult result, ErrorCause? refusal)
    {
        var server = result.Server is { } asked ? $"{asked.Name} ({asked.EndPoint})" : "the servers";
        return result.Status switch
        {
            ExchangeStatus.WrongSecret => $"answers of {server} have a wrong authenticator; compare the shared secret on both sides",
            ExchangeStatus.Unreachable => result.Problem ?? $"nobody listens at {server}, or there is no way to it",
            ExchangeStatus.Refused => result.Problem ?? $"{server} refuses the connection",
            ExchangeStatus.Busy => "as many records are under way as the sockets can tell apart",
            ExchangeStatus.TimedOut => $"{server} does not answer",
            _ when refusal is { } cause => $"{server} does not take it: Error-Cause {(uint)cause} ({cause})",
            _ => $"{server} does not take it",
        };
    }

    /// <summary>The group of the servers as they are resolved now.</summary>
    private (RadiusServerGroup? Group, ResolvedServers Resolved) Current()
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_resolved, servers.Current))
            {
                _resolved = servers.Current;
                Renew();
            }

            return (_group, _resolved);
        }
    }

    private void Leave(string server)
    {
        lock (_lock)
        {
            if (_refusing.Add(server))
            {
                Log.TakesNone(log, server);
                Renew();
            }
        }
    }

    /// <summary>What is under way by the old sockets ends without an answer, and is offered again.</summary>
    private void Renew()
    {
        var before = _group;
        RadiusServerSettings[] taking = [.. _resolved!.Endpoints.Select(endpoint => endpoint.Accounting).Where(server => !_refusing.Contains(server.Name))];
        _group = taking.Length == 0 ? null : new RadiusServerGroup(taking, time, log);
        if (before is not null)
        {
            _ = Task.Run(async () => await before.DisposeAsync().ConfigureAwait(false));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Warning, "RADIUS server {Server} says that it takes no accounting (Error-Cause 406, RFC 6614 section 2.5); it is sent none until the gateway is started anew.")]
        public static partial void TakesNone(ILogger logger, string server);
    }
}
