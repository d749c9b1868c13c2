using System.Net;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>
/// One Access-Request to be made: who, from where, and with what. Owns the octets of the password or answer and wipes them when
/// disposed (RFC 2865 section 4.1 speaks of their secrecy on the wire; here it is about memory).
/// </summary>
internal sealed class LoginStep : IDisposable
{
    private const int LongestUserName = 253;
    private const int LongestPassword = 128;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _password;

    private LoginStep(byte[] userName, byte[] password)
    {
        UserNameOctets = userName;
        _password = password;
    }

    public required string UserName { get; init; }

    public ReadOnlyMemory<byte> UserNameOctets { get; }

    public ReadOnlySpan<byte> Password => _password;

    /// <summary>The client's address; one that a socket for both families gave in its IPv4-mapped form is the IPv4 address that the device has.</summary>
    public required IPAddress ClientAddress { get; init => field = value.IsIPv4MappedToIPv6 ? value.MapToIPv4() : value; }

    public required string? CallingStationId { get; init; }

    public required string AcctSessionId { get; init; }

    /// <summary>Monotonic timestamp at which it was submitted.</summary>
    public long StartedAt { get; set; }

    /// <summary>The challenge that is answered; null in the first step.</summary>
    public PendingChallenge? Answered { get; init; }

    /// <summary>Whether it is about a device alone, and no person has signed in.</summary>
    public bool IsDevice { get; private init; }

    /// <summary>How many challenges came before this request.</summary>
    public int Number => Answered is { } challenge ? challenge.Step : 0;

    /// <summary>The first step, or null when RADIUS cannot carry what was typed (RFC 2865 sections 5.1 and 5.2).</summary>
    public static LoginStep? TryCreate(LoginAttempt attempt, string acctSessionId) =>
        attempt.UserName.Any(char.IsControl) || TryEncode(attempt.UserName, LongestUserName) is not { } userName || TryEncode(attempt.Password, LongestPassword) is not { } password
            ? null
            : new LoginStep(userName, password)
            {
                UserName = attempt.UserName,
                ClientAddress = attempt.ClientAddress,
                CallingStationId = attempt.CallingStationId is { } station ? MacSpelling.Canonical(station) : null,
                AcctSessionId = acctSessionId,
            };

    /// <summary>The only step of a device that comes in by its MAC address: nobody has typed anything.</summary>
    public static LoginStep OfDevice(string userName, string password, IPAddress address, MacAddress device, string acctSessionId) =>
        new(Strict.GetBytes(userName), Strict.GetBytes(password))
        {
            UserName = userName,
            ClientAddress = address,
            CallingStationId = device.ToString(),
            AcctSessionId = acctSessionId,
            IsDevice = true,
        };

    /// <summary>A further step, or null when RADIUS cannot carry the answer.</summary>
    public static LoginStep? TryCreate(ChallengeAnswer answer, PendingChallenge challenge) =>
        TryEncode(challenge.UserName, LongestUserName) is not { } userName || TryEncode(answer.Answer, LongestPassword) is not { } password
            ? null
            : new LoginStep(userName, password)
            {
                UserName = challenge.UserName,
                ClientAddress = answer.ClientAddress,
                CallingStationId = challenge.CallingStationId,
                AcctSessionId = challenge.AcctSessionId,
                Answered = challenge,
            };

    public void Dispose() => CryptographicOperations.ZeroMemory(_password);

    private static byte[]? TryEncode(string text, int longest)
    {
        // Counted before encoding, so that no megabyte is copied only to be refused.
        if (text.Length is 0 || text.Length > longest)
        {
            return null;
        }

        try
        {
            // Exact size, so that no larger array with a copy of the password is left behind.
            int length = Strict.GetByteCount(text);
            return length <= longest ? Strict.GetBytes(text) : null;
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
