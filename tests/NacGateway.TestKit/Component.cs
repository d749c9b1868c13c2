using Xunit;

namespace NacGateway.TestKit;

/// <summary>Decides what a missing component (a program that a test needs) means: a skip on a developer's machine, a failure in CI.</summary>
public static class Component
{
    /// <summary>Whether a missing component is a failure.</summary>
    public static bool Required => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Path of a program: the first of the well-known places that exists, else the one in PATH; skips or fails the running test when there is none.</summary>
    public static string Require(string name, string package, params IReadOnlyList<string> places)
        => Find(name, places) ?? throw Missing($"{name} is not installed (Debian package {package})");

    /// <summary>Like <see cref="Require"/>, but null when there is none.</summary>
    public static string? Find(string name, params IReadOnlyList<string> places)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return places.Concat(path.Concat(["/usr/sbin", "/sbin"]).Select(folder => Path.Combine(folder, name))).FirstOrDefault(Exists);
    }

    /// <summary>Not <see cref="File.Exists(string)"/> alone, which is content with a link to nothing.</summary>
    private static bool Exists(string path) => File.Exists(path) && (File.ResolveLinkTarget(path, returnFinalTarget: true)?.Exists ?? true);

    /// <summary>Ends the running test: skipped with the reason, or failed when <see cref="Required"/>. The result only satisfies the compiler.</summary>
    public static Exception Missing(string reason)
    {
        if (Required)
        {
            throw new InvalidOperationException($"{reason}; with CI=true that is a failure, not a skip.");
        }

        Assert.Skip(reason);
        return new InvalidOperationException(reason);
    }
}
