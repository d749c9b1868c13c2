using System.Globalization;

namespace NacGateway.Benchmarks.Radius;

/// <summary>The same thousand users for every server and every client that is compared.</summary>
internal static class RadiusUsers
{
    public const int Count = 1_000;

    public const string Secret = "a secret for the benchmark";

    /// <summary>A flat users file, which FreeRADIUS and ours both read.</summary>
    public static string File => string.Concat(Enumerable.Range(1, Count).Select(n => string.Create(CultureInfo.InvariantCulture, $"user{n}\tCleartext-Password := \"password-{n}\"\n\n")));

    /// <summary>The requests as radclient reads them: what ours sends too, with Message-Authenticator.</summary>
    public static string Requests => string.Concat(Enumerable.Range(1, Count).Select(n =>
        string.Create(CultureInfo.InvariantCulture, $"Message-Authenticator = 0x00\nUser-Name = \"user{n}\"\nUser-Password = \"password-{n}\"\nNAS-Identifier = \"nac-harness\"\n\n")));

    /// <summary>The same users on the command line of the harness.</summary>
    public static IReadOnlyList<string> Arguments { get; } = ["--user", string.Create(CultureInfo.InvariantCulture, $"user{{1..{Count}}}"), "--password", "password-{n}"];

    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["NAC_HARNESS_SECRET"] = Secret };
}
