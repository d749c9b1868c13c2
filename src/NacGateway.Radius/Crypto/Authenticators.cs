namespace NacGateway.Radius.Crypto;

/// <summary>Signs and verifies whole packets in place: Request and Response Authenticator and Message-Authenticator.</summary>
public static class Authenticators
{
    /// <summary>
    /// Signs an encoded request. For Access-Request and Status-Server the authenticator field must already hold 16 random octets;
    /// for Accounting, CoA and Disconnect requests it is computed. A Message-Authenticator placeholder in the packet is filled.
    /// </summary>
    /// <param name="packet">The encoded packet, changed in place.</param>
    /// <param name="secret">The shared secret.</param>
    public static void SignRequest(Span<byte> packet, ReadOnlySpan<byte> secret) => throw new NotImplementedException();

    /// <summary>Signs an encoded reply in place; a Message-Authenticator placeholder is filled first.</summary>
    /// <param name="packet">The encoded reply, changed in place.</param>
    /// <param name="requestAuthenticator">The authenticator of the request it answers.</param>
    /// <param name="secret">The shared secret.</param>
    public static void SignReply(Span<byte> packet, ReadOnlySpan<byte> requestAuthenticator, ReadOnlySpan<byte> secret) => throw new NotImplementedException();

    /// <summary>Verifies a received request as a server does.</summary>
    /// <param name="packet">The packet without padding, framing already checked.</param>
    /// <param name="secret">The shared secret.</param>
    public static PacketVerdict VerifyRequest(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> secret) => throw new NotImplementedException();

    /// <summary>Verifies a received reply as a client does.</summary>
    /// <param name="packet">The packet without padding, framing already checked.</param>
    /// <param name="requestAuthenticator">The authenticator of the request it answers.</param>
    /// <param name="secret">The shared secret.</param>
    public static PacketVerdict VerifyReply(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> requestAuthenticator, ReadOnlySpan<byte> secret) => throw new NotImplementedException();
}
