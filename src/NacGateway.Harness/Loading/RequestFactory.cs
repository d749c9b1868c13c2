using System.Globalization;
using System.Security.Cryptography;
using NacGateway.Harness.Input;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Loading;

/// <summary>
/// Writes requests straight into the buffers they are sent from. What does not depend on the authenticator is prepared once; each
/// request still has an authenticator of its own, or a server would take it for a retransmission. Not safe for concurrent use.
/// </summary>
internal sealed class RequestFactory
{
    private const uint Start = 1;
    private const uint Stop = 2;
    private const uint UserRequest = 1;
    private const uint AuthenticatedByRadius = 1;
    private static readonly byte[] s_identifier = "nac-harness"u8.ToArray();

    private readonly LoadSettings _settings;
    private readonly TimeProvider _time;
    private readonly (byte Type, byte[] Value)[] _common;
    private readonly MsChapExchange?[] _msChap;
    private readonly string _run;
    private int _nextUser;
    private long _accounting;

    public RequestFactory(LoadSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _common = [.. settings.Attributes.Select(attribute => (attribute.Type, attribute.Value.ToArray()))];
        _msChap = new MsChapExchange?[settings.Users.Count];
        _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    }

    /// <summary>Puts the next request of a kind into the slot, signed.</summary>
    public void Write(LoadKind kind, byte identifier, LoadSlot slot)
    {
        var index = _nextUser;
        _nextUser = (index + 1) % _settings.Users.Count;
        slot.Proof = null;
        var packet = kind == LoadKind.Accounting ? WriteAccounting(identifier, slot, _settings.Users[index]) : WriteAccess(kind, identifier, slot, index);
        Authenticators.SignRequest(packet, _settings.Secret.Span);
        slot.Length = packet.Length;
    }

    private Span<byte> WriteAccess(LoadKind kind, byte identifier, LoadSlot slot, int index)
    {
        var user = _settings.Users[index];
        var writer = new PacketWriter(slot.Buffer, RadiusCode.AccessRequest, identifier, default);
        var authenticator = slot.Buffer.AsSpan(4, RadiusPacket.AuthenticatorLength);
        RandomNumberGenerator.Fill(authenticator);
        writer.AddMessageAuthenticator();
        writer.Add(RadiusAttributeType.UserName, user.Name);
        switch (kind)
        {
            case LoadKind.Chap:
                var value = writer.Reserve(RadiusAttributeType.ChapPassword, ChapPassword.ValueLength);
                value[0] = identifier;
                ChapPassword.Compute(identifier, user.Password, authenticator, value[1..]);
                break;
            case LoadKind.MsChapV2:
                var exchange = _msChap[index] ??= MsChapExchange.Of(user);
                exchange.AddTo(ref writer);
                slot.Proof = exchange.Proof;
                break;
            default:
                UserPassword.Hide(user.Password, _settings.Secret.Span, authenticator, writer.Reserve(RadiusAttributeType.UserPassword, UserPassword.HiddenLength(user.Password.Length)));
                break;
        }

        AddCommon(ref writer);
        return writer.Complete();
    }

    private Span<byte> WriteAccounting(byte identifier, LoadSlot slot, HarnessUser user)
    {
        var number = _accounting++;
        var isStop = number % 2 != 0;
        var writer = new PacketWriter(slot.Buffer, RadiusCode.AccountingRequest, identifier, default);
        writer.AddInteger(RadiusAttributeType.AcctStatusType, isStop ? Stop : Start);
        writer.AddText(RadiusAttributeType.AcctSessionId, string.Create(CultureInfo.InvariantCulture, $"{_run}-{number / 2:x8}"));
        writer.Add(RadiusAttributeType.UserName, user.Name);
        writer.AddInteger(RadiusAttributeType.AcctAuthentic, AuthenticatedByRadius);
        writer.AddInteger(RadiusAttributeType.EventTimestamp, (uint)_time.GetUtcNow().ToUnixTimeSeconds());
        if (isStop)
        {
            writer.AddInteger(RadiusAttributeType.AcctSessionTime, 0);
            writer.AddInteger(RadiusAttributeType.AcctInputOctets, 0);
            writer.AddInteger(RadiusAttributeType.AcctOutputOctets, 0);
            writer.AddInteger(RadiusAttributeType.AcctTerminateCause, UserRequest);
        }

        AddCommon(ref writer);
        return writer.Complete();
    }

    private void AddCommon(ref PacketWriter writer)
    {
        var named = false;
        foreach (var (type, value) in _common)
        {
            writer.Add(type, value);
            named |= type is RadiusAttributeType.NasIdentifier or RadiusAttributeType.NasIpAddress or RadiusAttributeType.NasIPv6Address;
        }

        if (!named)
        {
            // One of the three must be there (RFC 2865 section 4.1).
            writer.Add(RadiusAttributeType.NasIdentifier, s_identifier);
        }
    }
}
