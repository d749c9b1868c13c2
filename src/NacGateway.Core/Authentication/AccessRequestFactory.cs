using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Fills Access-Requests (RFC 2865 section 4.1).</summary>
internal sealed class AccessRequestFactory(IOptions<RadiusOptions> options)
{
    private readonly RadiusOptions _options = options.Value;

    /// <summary>Writes all attributes for one server; hiding depends on its secret and on the packet's authenticator.</summary>
    public void Fill(RadiusPacket request, LoginStep step, RadiusEndpoint server)
    {
        // First, so that no collision can be planted before it (CVE-2024-3596).
        request.AddMessageAuthenticator();
        request.Attributes.Add(RadiusAttributeType.UserName, step.UserNameOctets.Span);
        AddPassword(request, step, server);
        if (step.Answered?.State is { } state)
        {
            request.State = state;
        }

        AddNas(request, server);

        // A hint that what is wanted is access to the network, which is all that is served here; and for a device, that its MAC address is all
        // there is, so that no server takes it for a person of that name (RFC 5080 section 2.1.1).
        request.ServiceType = step.IsDevice ? ServiceType.CallCheck : ServiceType.Framed;
        AddClient(request, step.CallingStationId, step.ClientAddress);
        request.AcctSessionId = step.AcctSessionId;

        // One NUL octet asks for the identity that accounting is to carry (RFC 4372 section 2.1).
        request.Attributes.Add(RadiusAttributeType.ChargeableUserIdentity, [0]);
    }

    /// <summary>
    /// Writes the request by which an administrator signs in at this gateway itself: Service-Type says so (RFC 2865 section 5.6), and by it a
    /// server tells him from a guest of the same name. There is no session on the network, hence no Acct-Session-Id.
    /// </summary>
    public void FillAdministrative(RadiusPacket request, LoginStep step, RadiusEndpoint server)
    {
        request.AddMessageAuthenticator();
        request.Attributes.Add(RadiusAttributeType.UserName, step.UserNameOctets.Span);
        AddPassword(request, step, server);
        if (step.Answered?.State is { } state)
        {
            request.State = state;
        }

        AddNas(request, server);
        request.ServiceType = ServiceType.Administrative;
        request.NasPortType = NasPortType.Virtual;
        request.CallingStationId = step.ClientAddress.ToString();
    }

    /// <summary>
    /// Writes the request by which a session is authorized again without a password (RFC 5176 section 3.2): State in its place proves to the
    /// server what it is about, and a request without one is not made (RFC 5080 section 2.1.1).
    /// </summary>
    public void FillAuthorizeOnly(RadiusPacket request, ActiveSession session, ReadOnlySpan<byte> state, RadiusEndpoint server)
    {
        ArgumentOutOfRangeException.ThrowIfZero(state.Length, nameof(state));
        request.AddMessageAuthenticator();
        request.UserName = session.UserName;
        request.Attributes.Add(RadiusAttributeType.State, state);
        AddNas(request, server);
        request.ServiceType = ServiceType.AuthorizeOnly;
        AddClient(request, session.CallingStationId, session.ClientAddress);
        request.AcctSessionId = session.AcctSessionId;
        request.ChargeableUserIdentity = session.ChargeableUserIdentity ?? [0];
    }

    /// <summary>Who asks.</summary>
    private void AddNas(RadiusPacket request, RadiusEndpoint server)
    {
        request.NasIdentifier = _options.NasIdentifier;
        if (server.NasAddress is { AddressFamily: AddressFamily.InterNetwork })
        {
            request.NasIpAddress = server.NasAddress;
        }
        else
        {
            request.NasIPv6Address = server.NasAddress;
        }
    }

    /// <summary>For whom.</summary>
    private void AddClient(RadiusPacket request, string? callingStationId, IPAddress client)
    {
        request.NasPortType = _options.NasPortType;
        AddPlace(request);
        request.CallingStationId = callingStationId ?? client.ToString();
        if (client.AddressFamily == AddressFamily.InterNetwork)
        {
            request.FramedIpAddress = client;
        }
        else
        {
            request.FramedIPv6Address = client;
        }
    }

    /// <summary>Where the client came in, as far as it is configured. An empty attribute is never sent (RFC 2865 section 5).</summary>
    private void AddPlace(RadiusPacket request)
    {
        if (_options.NasPortId.Length > 0)
        {
            request.NasPortId = _options.NasPortId;
        }

        if (_options.CalledStationId.Length > 0)
        {
            request.CalledStationId = MacSpelling.Canonical(_options.CalledStationId);
        }
    }

    private static void AddPassword(RadiusPacket request, LoginStep step, RadiusEndpoint server)
    {
        // The answer to a challenge goes into User-Password whatever the method of the first step was (RFC 2865 section 4.4); so does what
        // stands for a password where there is none, which needs no hiding.
        switch (step.Answered is null && !step.IsDevice ? server.Method : LoginMethod.Pap)
        {
            case LoginMethod.Pap:
                request.AddUserPassword(step.Password, server.Settings.Secret.Span);
                break;
            case LoginMethod.Chap:
                request.AddChapPassword(RandomNumberGenerator.GetBytes(1)[0], step.Password);
                break;
            case LoginMethod.MsChapV2:
                Span<byte> challenges = stackalloc byte[2 * MsChapV2.ChallengeLength];
                RandomNumberGenerator.Fill(challenges);
                request.AddMsChap2Response((byte)RandomNumberGenerator.GetInt32(1, 256), challenges[..MsChapV2.ChallengeLength], challenges[MsChapV2.ChallengeLength..], step.UserNameOctets.Span, step.Password);
                break;
            default:
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Method {server.Method} of {server.Settings.Name} passed validation but is not known."));
        }
    }
}
