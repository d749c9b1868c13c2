using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NacGateway.Radius.RadSec;

/// <summary>Whether a peer's certificate is the one that is expected (RFC 5280, RFC 9525); each refusal names the remedy.</summary>
internal static class PeerCertificate
{
    /// <summary>Why a server is not believed; null when it is.</summary>
    public static string? ProblemOfServer(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, RadSecClientSettings expected)
    {
        if (certificate is not X509Certificate2 shown)
        {
            return "it showed no certificate. Give it one";
        }

        bool isPinned = !expected.PinnedCertificate.IsEmpty;
        if (isPinned && !CryptographicOperations.FixedTimeEquals(SHA256.HashData(shown.RawDataMemory.Span), expected.PinnedCertificate.Span))
        {
            return $"its certificate has the SHA-256 {Convert.ToHexStringLower(SHA256.HashData(shown.RawDataMemory.Span))}, which is not PinnedCertificate. If the server has a new certificate, pin that";
        }

        if (Dates(shown) is { } dates)
        {
            return dates;
        }

        if (isPinned && !expected.Credentials.HasTrust)
        {
            return null;
        }

        return ProblemOfChain(chain, errors) ?? ProblemOfName(shown, expected.ServerName);
    }

    /// <summary>Why a client is not believed; null when it is. Its name is checked against the NAS table when the address is known.</summary>
    public static string? ProblemOfClient(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is not X509Certificate2 shown ? "it showed no certificate. Give it one that a trusted authority has issued"
        : Dates(shown) ?? ProblemOfChain(chain, errors);

    /// <summary>Whether the certificate has a name or an address among its subjectAltNames; the common name is none of them.</summary>
    public static bool IsNamed(X509Certificate2 certificate, string expected)
    {
        foreach (X509SubjectAlternativeNameExtension names in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            bool found = IPAddress.TryParse(expected, out IPAddress? address)
                ? names.EnumerateIPAddresses().Any(candidate => candidate.Equals(address))
                : names.EnumerateDnsNames().Any(candidate => IsSameName(candidate, expected));
            if (found)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A star stands for exactly one label, the first (RFC 9525 section 6.3).</summary>
    private static bool IsSameName(string candidate, string expected)
    {
        ReadOnlySpan<char> name = candidate.AsSpan().TrimEnd('.');
        ReadOnlySpan<char> wanted = expected.AsSpan().TrimEnd('.');
        if (!name.StartsWith("*."))
        {
            return name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
        }

        int dot = wanted.IndexOf('.');
        return dot > 0 && name[2..].Contains('.') && name[1..].Equals(wanted[dot..], StringComparison.OrdinalIgnoreCase);
    }

    private static string? ProblemOfName(X509Certificate2 certificate, string expected)
    {
        if (IsNamed(certificate, expected))
        {
            return null;
        }

        string[] names = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())))
            .Take(8)];
        return names.Length == 0
            ? $"its certificate has no subjectAltName, and a common name is not looked at. Have it issued anew with {expected} as subjectAltName"
            : $"its certificate is for {string.Join(", ", names)} and not for {expected}. Correct ServerName, or have the certificate issued for it";
    }

    private static string? Dates(X509Certificate2 certificate)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var from = new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
        var until = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        return now < from ? $"its certificate is not valid before {Text(from)}. Look at both clocks"
            : now > until ? $"its certificate has expired on {Text(until)}. Have it renewed"
            : null;
    }

    private static string? ProblemOfChain(X509Chain? chain, SslPolicyErrors errors)
    {
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && chain is not null)
        {
            return null;
        }

        X509ChainStatusFlags[] flags = chain is null ? [] : [.. chain.ChainStatus.Select(status => status.Status)];
        return flags.Any(flag => flag is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain) || flags.Length == 0
            ? "its certificate was not issued by an authority in TrustedCertificatesFile. Add the authority that issued it, if it is to be trusted"
            : $"its certificate is not acceptable ({string.Join(", ", flags)}). Have it issued anew";
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
