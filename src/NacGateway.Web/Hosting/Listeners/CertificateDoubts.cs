using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NacGateway.Web.Hosting.Listeners;

/// <summary>
/// Why devices will not believe a certificate that otherwise serves. A browser asks its user then; a device that asks the Captive Portal
/// API (RFC 8908 section 4.1) asks nobody, and behaves as if there were no portal.
/// </summary>
internal static class CertificateDoubts
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string AnyUsage = "2.5.29.37.0";
    private const int FewestRsaBits = 2048;
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(14);

    /// <summary>Every doubt, each with its remedy; none for one that devices believe.</summary>
    /// <param name="loaded">The certificate and what its file holds besides.</param>
    /// <param name="publicUrl">By which devices reach the listener; null when nobody has said it.</param>
    /// <param name="time">Clock.</param>
    /// <param name="authorities">Who is believed; null for the authorities of this machine, which are about those of devices.</param>
    public static IEnumerable<string> Find(ListenerCertificate loaded, Uri? publicUrl, TimeProvider time, X509Certificate2Collection? authorities = null)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(time);
        var certificate = loaded.Certificate;
        var now = time.GetUtcNow();
        if (new DateTimeOffset(certificate.NotBefore.ToUniversalTime(), TimeSpan.Zero) is var begin && begin > now)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"it is not valid before {begin:u}. Wait until then or set this machine's clock, whichever is wrong.");
        }

        if (loaded.NotAfter is var end && end > now && end - now < s_soon)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"it expires at {end:u}, in less than {s_soon.Days} days. Renew it; the gateway takes the new one at its next start.");
        }

        if (publicUrl is { IsAbsoluteUri: true } && !certificate.MatchesHostname(publicUrl.IdnHost.Trim('[', ']'), allowWildcards: true, allowCommonName: false))
        {
            yield return $"it is not for {publicUrl.IdnHost}, the host of Portal:PublicUrl. Get one whose subjectAltName has that name (a common name does not count), or change the URL.";
        }

        foreach (var doubt in Usages(certificate))
        {
            yield return doubt;
        }

        if (Origin(loaded, now, authorities) is { } origin)
        {
            yield return origin;
        }
    }

    private static IEnumerable<string> Usages(X509Certificate2 certificate)
    {
        if (certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } purposes
            && !purposes.EnhancedKeyUsages.Cast<Oid>().Any(purpose => purpose.Value is ServerAuthentication or AnyUsage))
        {
            yield return "its extended key usage does not name server authentication. Get a certificate for a TLS server.";
        }

        // What a server's key does in TLS 1.3, and with an elliptic curve ever, is to sign (RFC 8446 section 4.4.2.2).
        if (certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature))
        {
            yield return "its key usage does not allow digital signatures, which TLS needs. Get a certificate for a TLS server.";
        }

        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is { KeySize: < FewestRsaBits })
        {
            yield return $"its RSA key has {rsa.KeySize} bits, and devices want {FewestRsaBits} at least. Make a new key.";
        }
    }

    /// <summary>Follows the issuers from what the file has to an authority that is believed, as a device does: nothing is fetched.</summary>
    private static string? Origin(ListenerCertificate loaded, DateTimeOffset now, X509Certificate2Collection? authorities)
    {
        var certificate = loaded.Certificate;
        using var chain = new X509Chain();
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Within(certificate, now).UtcDateTime;
        chain.ChainPolicy.ExtraStore.AddRange(loaded.Chain);
        if (authorities is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        if (chain.Build(certificate))
        {
            return null;
        }

        var last = chain.ChainElements[^1].Certificate;
        var faults = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, each) => all | each.Status);
        if (faults.HasFlag(X509ChainStatusFlags.PartialChain))
        {
            return $"{last.Issuer}, which issued {(last.Equals(certificate) ? "it" : last.Subject)}, is neither in the file nor an authority that this machine knows. Append the intermediate certificates to the file; if that is an authority of your own, devices will not believe it.";
        }

        if (faults.HasFlag(X509ChainStatusFlags.UntrustedRoot))
        {
            return last.Equals(certificate)
                ? "it is self-signed: devices will not believe it. Get one from a public authority, such as by ACME."
                : $"its authority, {last.Subject}, is none that this machine knows: devices believe it only where somebody has installed it. Get a certificate from a public authority, such as by ACME.";
        }

        return $"the chain to {last.Subject} does not hold: {string.Join(' ', chain.ChainStatus.Select(each => each.StatusInformation.Trim()))}";
    }

    /// <summary>That it is too early or too late is said elsewhere; here only the origin counts.</summary>
    private static DateTimeOffset Within(X509Certificate2 certificate, DateTimeOffset now)
    {
        var begin = new DateTimeOffset(certificate.NotBefore.ToUniversalTime(), TimeSpan.Zero);
        return begin > now ? begin.AddSeconds(1) : now;
    }
}
