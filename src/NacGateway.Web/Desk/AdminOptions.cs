using System.ComponentModel.DataAnnotations;
using NacGateway.Web.Desk.Access;

namespace NacGateway.Web.Desk;

/// <summary>Settings of the administrator's desk: its listener, and who may use it.</summary>
internal sealed class AdminOptions
{
    public const string Section = "Admin";

    /// <summary>
    /// Address and port, <c>ADDRESS:PORT</c>; port 0 takes a free one. Default <c>127.0.0.1:8082</c>: the desk is for the machine itself
    /// unless someone decides otherwise.
    /// </summary>
    [Required]
    public string Listen { get; set; } = "127.0.0.1:8082";

    /// <summary>Certificate chain (PEM); with it the listener speaks https. Default: none, which off loopback needs <see cref="AllowPlainHttp"/>.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>Private key of the certificate (PEM).</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>
    /// Whether the listener may speak http to other machines: only where a proxy in front ends TLS. Default false: passwords would cross the
    /// network in the clear. Over http the cookie of a sign-in has neither <c>Secure</c> nor the prefix <c>__Host-</c>, for a browser that
    /// speaks http would not keep it then; the start warns of it.
    /// </summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>Names (with a port, then under that one only) by which browsers reach the desk besides its address. A request under any other name is refused, for it comes by a name that somebody else made up (DNS rebinding).</summary>
    public IList<string> PublicHosts { get; } = [];

    /// <summary>Whether administrators may sign in through the RADIUS servers. Default true; it takes <see cref="Roles"/>.</summary>
    public bool RadiusSignIn { get; set; } = true;

    /// <summary>Which attribute of an Access-Accept gives which role; the first that fits counts. Default: none, and then only local accounts sign in.</summary>
    public IList<AdminRoleOptions> Roles { get; } = [];

    /// <summary>How long a sign-in holds whatever its administrator does, 5 minutes to 30 days. Default 12 hours: a working day.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long it holds without a page being asked for, 5 minutes to 1 day. Default 30 minutes. What a page follows live does not count.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long a refusal takes at least, 0 to 10 seconds; where RADIUS servers take longer to refuse or do not answer, all refusals take so many
    /// whole steps of it. Default 1 second: it slows guessing, and its length does not say why somebody was refused. 0 gives that up.
    /// </summary>
    public TimeSpan RejectDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 for the passwords of local accounts, 10,000 to 10,000,000. Default 210,000 (OWASP). Older hashes are made anew at the next sign-in.</summary>
    [Range(10_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>File of the key that seals the secrets of second factors; it is made when it is first needed. Default: <c>desk.key</c> beside the SQLite database, otherwise in <c>data</c>.</summary>
    public string? KeyFile { get; set; }
}
