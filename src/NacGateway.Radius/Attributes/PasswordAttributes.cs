using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Attributes;

/// <summary>Attributes that depend on the shared secret or on the packet's authenticator, which must be set before.</summary>
public static class PasswordAttributes
{
    /// <summary>
    /// Puts a zeroed Message-Authenticator in front of all attributes, where BlastRADIUS wants it; <see cref="Authenticators"/> fills it.
    /// One that is there already is moved (RFC 3579 section 3.2).
    /// </summary>
    /// <param name="packet">The packet, before it is encoded.</param>
    public static void AddMessageAuthenticator(this RadiusPacket packet)
    {
        packet.Attributes.RemoveAll(RadiusAttributeType.MessageAuthenticator);
        packet.Attributes.Prepend(RadiusAttributeType.MessageAuthenticator, stackalloc byte[RadiusPacket.AuthenticatorLength]);
    }

    /// <summary>Adds User-Password, hidden with the packet's authenticator (RFC 2865 section 5.2).</summary>
    /// <param name="packet">An Access-Request whose authenticator is set.</param>
    /// <param name="password">0 to 128 octets of UTF-8; not kept.</param>
    /// <param name="secret">The secret shared with the server that will be asked.</param>
    /// <exception cref="ArgumentOutOfRangeException">The password is longer than 128 octets.</exception>
    public static void AddUserPassword(this RadiusPacket packet, ReadOnlySpan<byte> password, ReadOnlySpan<byte> secret)
    {
        Span<byte> place = packet.Attributes.Reserve(RadiusAttributeType.UserPassword, UserPassword.HiddenLength(password.Length));
        UserPassword.Hide(password, secret, packet.Authenticator, place);
    }

    /// <summary>Reveals User-Password, as a server does (RFC 2865 section 5.2).</summary>
    /// <param name="packet">The received Access-Request.</param>
    /// <param name="secret">The sender's secret.</param>
    /// <param name="destination">At least 128 octets; the caller zeroes it after use.</param>
    /// <param name="length">Octets of the password.</param>
    /// <returns>False when there is none or its size is wrong.</returns>
    public static bool TryGetUserPassword(this RadiusPacket packet, ReadOnlySpan<byte> secret, Span<byte> destination, out int length)
    {
        length = 0;
        return packet.Attributes.TryGetFirst(RadiusAttributeType.UserPassword, out ReadOnlySpan<byte> hidden)
            && UserPassword.TryReveal(hidden, secret, packet.Authenticator, destination, out length);
    }

    /// <summary>Adds CHAP-Password with the packet's authenticator as challenge (RFC 2865 section 5.3).</summary>
    /// <param name="packet">An Access-Request whose authenticator is set.</param>
    /// <param name="ident">CHAP ident, any value.</param>
    /// <param name="password">The clear password; not kept.</param>
    public static void AddChapPassword(this RadiusPacket packet, byte ident, ReadOnlySpan<byte> password)
    {
        Span<byte> place = packet.Attributes.Reserve(RadiusAttributeType.ChapPassword, ChapPassword.ValueLength);
        place[0] = ident;
        ChapPassword.Compute(ident, password, packet.Authenticator, place[1..]);
    }

    /// <summary>Checks CHAP-Password against CHAP-Challenge, or the authenticator where there is none (RFC 2865 section 5.40).</summary>
    /// <param name="packet">The received Access-Request.</param>
    /// <param name="password">The clear password that the server knows.</param>
    /// <returns>Whether there is one and it is right.</returns>
    public static bool VerifyChapPassword(this RadiusPacket packet, ReadOnlySpan<byte> password)
    {
        ReadOnlySpan<byte> challenge = packet.Attributes.TryGetFirst(RadiusAttributeType.ChapChallenge, out ReadOnlySpan<byte> explicitChallenge) ? explicitChallenge : packet.Authenticator;
        return packet.Attributes.TryGetFirst(RadiusAttributeType.ChapPassword, out ReadOnlySpan<byte> value) && ChapPassword.Verify(value, password, challenge);
    }
}
