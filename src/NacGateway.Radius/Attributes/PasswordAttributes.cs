using System.Security.Cryptography;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Attributes;

/// <summary>Attributes that depend on the shared secret or on the packet's authenticator, which must be set before.</summary>
public static class PasswordAttributes
{
    private const int ChapChallengeLength = 16;

    /// <summary>
    /// Puts a zeroed Message-Authenticator in front of all attributes, where BlastRADIUS wants it; <see cref="Authenticators"/> fills it.
    /// One that is there already is moved (RFC 3579 section 3.2). RADIUS/1.1 has none (RFC 9765 section 5.2).
    /// </summary>
    /// <param name="packet">The packet, before it is encoded.</param>
    public static void AddMessageAuthenticator(this RadiusPacket packet)
    {
        packet.Attributes.RemoveAll(RadiusAttributeType.MessageAuthenticator);
        if (packet.Version == RadiusVersion.Radius11)
        {
            return;
        }

        packet.Attributes.Prepend(RadiusAttributeType.MessageAuthenticator, stackalloc byte[RadiusPacket.AuthenticatorLength]);
    }

    /// <summary>Adds User-Password, hidden with the packet's authenticator (RFC 2865 section 5.2); as it is in RADIUS/1.1, where TLS alone hides (RFC 9765 section 5.1.1).</summary>
    /// <param name="packet">An Access-Request whose authenticator is set.</param>
    /// <param name="password">0 to 128 octets of UTF-8; not kept.</param>
    /// <param name="secret">The secret shared with the server that will be asked.</param>
    /// <exception cref="ArgumentOutOfRangeException">The password is longer than 128 octets.</exception>
    public static void AddUserPassword(this RadiusPacket packet, ReadOnlySpan<byte> password, ReadOnlySpan<byte> secret)
    {
        if (packet.Version == RadiusVersion.Radius11)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(password.Length, UserPassword.MaxLength, nameof(password));
            packet.Attributes.Add(RadiusAttributeType.UserPassword, password);
            return;
        }

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
        if (!packet.Attributes.TryGetFirst(RadiusAttributeType.UserPassword, out ReadOnlySpan<byte> hidden))
        {
            return false;
        }

        if (packet.Version == RadiusVersion.Radius11)
        {
            bool fits = hidden.Length <= UserPassword.MaxLength && hidden.TryCopyTo(destination);
            length = fits ? hidden.Length : 0;
            return fits;
        }

        return UserPassword.TryReveal(hidden, secret, packet.Authenticator, destination, out length);
    }

    /// <summary>
    /// Adds CHAP-Password with the packet's authenticator as challenge (RFC 2865 section 5.3); in RADIUS/1.1, which has none, with a
    /// CHAP-Challenge of its own (RFC 9765 section 5.1.2).
    /// </summary>
    /// <param name="packet">An Access-Request whose authenticator is set.</param>
    /// <param name="ident">CHAP ident, any value.</param>
    /// <param name="password">The clear password; not kept.</param>
    public static void AddChapPassword(this RadiusPacket packet, byte ident, ReadOnlySpan<byte> password)
    {
        Span<byte> challenge = stackalloc byte[ChapChallengeLength];
        packet.Authenticator.CopyTo(challenge);
        if (packet.Version == RadiusVersion.Radius11)
        {
            RandomNumberGenerator.Fill(challenge);
            packet.Attributes.Add(RadiusAttributeType.ChapChallenge, challenge);
        }

        Span<byte> place = packet.Attributes.Reserve(RadiusAttributeType.ChapPassword, ChapPassword.ValueLength);
        place[0] = ident;
        ChapPassword.Compute(ident, password, challenge, place[1..]);
    }

    /// <summary>Checks CHAP-Password against CHAP-Challenge, or the authenticator where there is none (RFC 2865 section 5.40).</summary>
    /// <param name="packet">The received Access-Request.</param>
    /// <param name="password">The clear password that the server knows.</param>
    /// <returns>Whether there is one and it is right.</returns>
    public static bool VerifyChapPassword(this RadiusPacket packet, ReadOnlySpan<byte> password)
    {
        if (!packet.Attributes.TryGetFirst(RadiusAttributeType.ChapChallenge, out ReadOnlySpan<byte> challenge))
        {
            if (packet.Version == RadiusVersion.Radius11)
            {
                // Its Token is a counter: a response to it could be replayed.
                return false;
            }

            challenge = packet.Authenticator;
        }

        return packet.Attributes.TryGetFirst(RadiusAttributeType.ChapPassword, out ReadOnlySpan<byte> value) && ChapPassword.Verify(value, password, challenge);
    }
}
