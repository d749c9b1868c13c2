namespace NacGateway.Aaa.Scenarios;

/// <summary>What a fault may look at.</summary>
/// <param name="Request">The request as it came.</param>
/// <param name="Secret">What signs replies to it.</param>
/// <param name="Draw">The numbers of this fault for this request.</param>
/// <param name="SinceStart">How long the server has been up.</param>
internal sealed record FaultInput(ReadOnlyMemory<byte> Request, ReadOnlyMemory<byte> Secret, Draw Draw, TimeSpan SinceStart)
{
    private const int AuthenticatorOffset = 4;
    private const int AuthenticatorLength = 16;

    public ReadOnlySpan<byte> RequestAuthenticator => Request.Span.Slice(AuthenticatorOffset, AuthenticatorLength);
}
