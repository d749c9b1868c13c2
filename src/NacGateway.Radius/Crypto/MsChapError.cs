using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace NacGateway.Radius.Crypto;

/// <summary>
/// MS-CHAP-Error as an Access-Reject carries it (RFC 2548 section 2.1.5, text of RFC 2759 section 6): one octet of ident, then
/// <c>E=648 R=0 C=0123456789ABCDEF0123456789ABCDEF V=3 M=Password expired</c>. Immutable.
/// </summary>
public sealed record MsChapError
{
    private const int MaxMessageLength = 253 - 6;

    /// <summary>The ident of the response that failed; servers commonly leave it 0.</summary>
    public byte Ident { get; init; }

    /// <summary>E=: the reason; values that <see cref="MsChapErrorCode"/> does not name are kept.</summary>
    public required MsChapErrorCode Code { get; init; }

    /// <summary>R=: whether the peer may try again with the new challenge. Default false.</summary>
    public bool RetryAllowed { get; init; }

    /// <summary>C=: the challenge for the next attempt, 16 octets, or empty when none was given.</summary>
    public ReadOnlyMemory<byte> Challenge { get; init; }

    /// <summary>V=: password changing protocol, 3 for MS-CHAPv2; 0 when none was given.</summary>
    public int Version { get; init; }

    /// <summary>M=: text for people; empty when none was given. It comes from the network and is not trusted.</summary>
    public string Message { get; init; } = "";

    /// <summary>Reads the attribute. Fields may come in any order and may be missing, except E=.</summary>
    /// <param name="value">The vendor attribute's value, ident first; some servers leave the ident out, which is understood.</param>
    /// <param name="error">What it says, or null.</param>
    /// <returns>Whether there is an E= with a decimal number.</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out MsChapError? error)
    {
        error = null;
        bool withoutIdent = value.StartsWith("E="u8);
        byte ident = withoutIdent || value.IsEmpty ? (byte)0 : value[0];
        ReadOnlySpan<byte> text = withoutIdent || value.IsEmpty ? value : value[1..];
        var read = new MsChapError { Ident = ident, Code = MsChapErrorCode.None };
        bool found = false;
        while (!text.IsEmpty)
        {
            // The message is last and holds spaces of its own.
            int end = text.StartsWith("M="u8) ? text.Length : text.IndexOf((byte)' ');
            ReadOnlySpan<byte> field = end < 0 ? text : text[..end];
            text = end < 0 || end == text.Length ? default : text[(end + 1)..];
            found |= TryField(field, ref read);
        }

        error = found ? read : null;
        return found;
    }

    /// <summary>Writes the attribute's value, ident included. A message that does not fit the attribute is cut.</summary>
    /// <returns>At most 247 octets, what one vendor attribute holds.</returns>
    public byte[] Format()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"E={(int)Code} R={(RetryAllowed ? 1 : 0)}");
        if (!Challenge.IsEmpty)
        {
            text.Append(" C=").Append(Convert.ToHexString(Challenge.Span));
        }

        if (Version != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" V={Version}");
        }

        if (Message.Length != 0)
        {
            text.Append(" M=").Append(Message);
        }

        byte[] octets = [Ident, .. Encoding.UTF8.GetBytes(text.ToString())];
        return octets.Length <= MaxMessageLength ? octets : octets[..MaxMessageLength];
    }

    /// <summary>Takes one field over; true when it is the E= that makes the attribute one.</summary>
    private static bool TryField(ReadOnlySpan<byte> field, ref MsChapError error)
    {
        if (field.Length < 2 || field[1] != (byte)'=')
        {
            return false;
        }

        ReadOnlySpan<byte> value = field[2..];
        bool isNumber = Utf8Parser.TryParse(value, out int number, out int used) && used == value.Length && number >= 0;
        switch (field[0])
        {
            case (byte)'E' when isNumber:
                error = error with { Code = (MsChapErrorCode)number };
                return true;
            case (byte)'R' when isNumber:
                error = error with { RetryAllowed = number == 1 };
                break;
            case (byte)'V' when isNumber:
                error = error with { Version = number };
                break;
            case (byte)'C' when value.Length == 2 * MsChapV2.ChallengeLength:
                byte[] challenge = new byte[MsChapV2.ChallengeLength];
                if (Convert.FromHexString(value, challenge, out _, out _) == System.Buffers.OperationStatus.Done)
                {
                    error = error with { Challenge = challenge };
                }

                break;
            case (byte)'M':
                error = error with { Message = Encoding.UTF8.GetString(value) };
                break;
            default:
                break;
        }

        return false;
    }
}
