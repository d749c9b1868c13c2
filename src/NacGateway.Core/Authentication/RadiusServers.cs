using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Radius.Client;
using NacGateway.Radius.RadSec;

namespace NacGateway.Core.Authentication;

/// <summary>
/// The configured servers with their resolved addresses and the groups that ask them: one of all, and one of each alone, for the
/// answer to a challenge belongs to the server that asked. Safe for concurrent use; a new resolution swaps all at once.
/// </summary>
internal sealed partial class RadiusServers : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger<RadiusServers> _log;
    private readonly RadiusOptions _options;
    private readonly TimeSpan _budget;
    private readonly ImmutableArray<(RadiusServerOptions Options, byte[] Secret, RadSecClientSettings? Tls)> _configured;
    private readonly SemaphoreSlim _resolving = new(1, 1);
    private volatile ResolvedServers _current;

    public RadiusServers(IOptions<RadiusOptions> options, TimeProvider timeProvider, ILogger<RadiusServers> log)
    {
        _time = timeProvider;
        _log = log;
        _options = options.Value;
        _budget = _options.LoginBudget;
        _configured = [.. options.Value.Servers.Select(server => server.Transport == RadiusTransport.Tls ? (server, [], RadSecConnection.Create(server, log)) : (server, ReadSecret(server), (RadSecClientSettings?)null))];
        _current = new ResolvedServers([], timeProvider, log);
    }

    /// <summary>The servers in force. Those who took it may use it for one login budget after it was replaced.</summary>
    public ResolvedServers Current => _current;

    /// <summary>Says once what of the settings is risky, so that nobody can say it was silent.</summary>
    public void WarnOfSettings()
    {
        foreach (var (server, secret, tls) in _configured)
        {
            if (tls is not null)
            {
                // TLS proves what secret and Message-Authenticator prove over UDP.
                continue;
            }

            if (secret.Length < SharedSecret.AdvisedLength)
            {
                Log.ShortSecret(_log, server.Name, secret.Length, SharedSecret.AdvisedLength);
            }

            if (!server.RequireMessageAuthenticator)
            {
                Log.MessageAuthenticatorNotRequired(_log, server.Name);
            }
        }
    }

    /// <summary>Resolves all names anew. A name that cannot be resolved keeps its last address.</summary>
    public async Task ResolveAsync(CancellationToken cancellationToken)
    {
        await _resolving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            List<RadiusEndpoint> resolved = [];
            foreach (var (server, secret, tls) in _configured)
            {
                if (await ResolveAsync(server, secret, tls, cancellationToken).ConfigureAwait(false) is { } endpoint)
                {
                    resolved.Add(endpoint);
                }
            }

            var before = _current;
            if (!before.HasSameAddresses(resolved))
            {
                WarnOfPublicAddresses(resolved);
                _current = new ResolvedServers(resolved, _time, _log);
                _ = RetireAsync(before);
            }
        }
        finally
        {
            _resolving.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _current.DisposeAsync().ConfigureAwait(false);
        _resolving.Dispose();
    }

    /// <summary>MD5 and User-Password are for paths where nobody listens (draft-ietf-radext-deprecating-radius section 6).</summary>
    private void WarnOfPublicAddresses(List<RadiusEndpoint> resolved)
    {
        foreach (var settings in resolved.Select(endpoint => endpoint.Settings).Where(settings => settings.Tls is null && !PrivateAddress.Is(settings.EndPoint.Address)))
        {
            Log.PublicAddress(_log, settings.Name, settings.EndPoint.Address);
        }
    }

    private static byte[] ReadSecret(RadiusServerOptions server) =>
        SharedSecret.TryRead(server, out var problem) ?? throw new InvalidOperationException($"The shared secret of Radius:Servers '{server.Name}' {problem}.");

    private async Task<RadiusEndpoint?> ResolveAsync(RadiusServerOptions server, byte[] secret, RadSecClientSettings? tls, CancellationToken cancellationToken)
    {
        IPAddress? address = null;
        try
        {
            var found = await Dns.GetHostAddressesAsync(server.Host, cancellationToken).ConfigureAwait(false);

            // The address in use stays as long as the name still has it: a change of order is no reason to begin anew.
            var used = _current.Find(server.Name)?.Settings.EndPoint.Address;
            address = found.FirstOrDefault(candidate => candidate.Equals(used)) ?? found.FirstOrDefault();
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            Log.NotResolved(_log, server.Host, server.Name, exception.Message);
        }

        if (address is null)
        {
            return _current.Find(server.Name);
        }

        var settings = new RadiusServerSettings
        {
            Name = server.Name,
            EndPoint = new IPEndPoint(address, tls is null ? server.AuthenticationPort : server.TlsPort),
            Tls = tls,
            Secret = secret,
            Priority = server.Priority,
            RequireMessageAuthenticator = server.RequireMessageAuthenticator,
            StatusServer = server.StatusServer ?? _options.StatusServer,
            NasIdentifier = _options.NasIdentifier,
        };
        var accounting = settings with { EndPoint = new IPEndPoint(address, tls is null ? server.AccountingPort : server.TlsPort) };
        return new RadiusEndpoint(settings, server.Method, OwnAddressTowards(settings.EndPoint), accounting);
    }

    /// <summary>Our address as the server sees it (before any NAT); nothing is sent for that.</summary>
    private static IPAddress? OwnAddressTowards(IPEndPoint server)
    {
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(server);
            return NasAddress.Announced((socket.LocalEndPoint as IPEndPoint)?.Address);
        }
        catch (SocketException)
        {
            // No route: the exchange itself will tell. NAS-Identifier suffices (RFC 2865 section 4.1).
            return null;
        }
    }

    /// <summary>Waits until no exchange can still use the old sockets.</summary>
    private async Task RetireAsync(ResolvedServers servers)
    {
        await Task.Delay(_budget + TimeSpan.FromSeconds(5), _time).ConfigureAwait(false);
        await servers.DisposeAsync().ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(2520, LogLevel.Warning, "The shared secret of RADIUS server {Server} has {Length} octets; with fewer than {Advised} it can be guessed from one captured datagram. Agree on a longer one with the server's administrator.")]
        public static partial void ShortSecret(ILogger logger, string server, int length, int advised);

        [LoggerMessage(2521, LogLevel.Warning, "RequireMessageAuthenticator is off for RADIUS server {Server}: whoever sits between it and this gateway can turn a Reject into an Accept (CVE-2024-3596). Update the server and switch it on again.")]
        public static partial void MessageAuthenticatorNotRequired(ILogger logger, string server);

        [LoggerMessage(2526, LogLevel.Warning, "RADIUS server {Server} is asked by UDP at {Address}, which is a public address: whoever sits on the way sees who signs in, and passwords are hidden by no more than MD5. Use Radius:Servers:N:Transport=Tls, or lead the way there through a VPN.")]
        public static partial void PublicAddress(ILogger logger, string server, IPAddress address);

        [LoggerMessage(2522, LogLevel.Warning, "Host '{Host}' of RADIUS server {Server} cannot be resolved: {Reason} It is tried again every few minutes; correct Radius:Servers:N:Host or the name service.")]
        public static partial void NotResolved(ILogger logger, string host, string server, string reason);
    }
}
