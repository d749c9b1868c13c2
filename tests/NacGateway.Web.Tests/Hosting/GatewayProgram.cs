using System.Text.RegularExpressions;
using NacGateway.TestKit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>The real program as a process of its own.</summary>
internal static partial class GatewayProgram
{
    private static readonly Dictionary<string, string?> Clean = new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = null,
        ["DOTNET_URLS"] = null,
        ["URLS"] = null,
    };

    /// <summary>The fewest settings that serve: free ports, and a RADIUS server that need not be there.</summary>
    public static string[] Serve { get; } =
    [
        "serve", "--Gate:Listen=127.0.0.1:0", "--Portal:Listen=127.0.0.1:0", "--Admin:Listen=127.0.0.1:0",
        "--Radius:Servers:0:Name=main", "--Radius:Servers:0:Host=127.0.0.1", "--Radius:Servers:0:Secret=a-secret-of-enough-octets",
        "--Accounting:Enabled=false",
    ];

    public static ChildProcess Start(string workingDirectory, params string[] arguments) => Start(workingDirectory, Clean, arguments);

    public static ChildProcess Start(string workingDirectory, IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        ChildProcess.Start(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "nacgateway.dll"), .. arguments],
            new Dictionary<string, string?>(Clean.Concat(environment.Where(pair => !Clean.ContainsKey(pair.Key) || pair.Value is not null)).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal), StringComparer.Ordinal),
            workingDirectory);

    /// <summary>Runs to the end; returns the exit code and all output.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string workingDirectory, IReadOnlyDictionary<string, string?> environment, string[] arguments, CancellationToken cancellationToken)
    {
        await using var program = Start(workingDirectory, environment, arguments);
        var exitCode = await program.WaitForExitAsync(cancellationToken);
        return (exitCode, program.Output);
    }

    public static Task<(int ExitCode, string Output)> RunAsync(string workingDirectory, CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync(workingDirectory, new Dictionary<string, string?>(StringComparer.Ordinal), arguments, cancellationToken);

    /// <summary>Waits until a listener is open; returns its URL as the start-up log names it.</summary>
    public static async Task<Uri> ListeningAsync(this ChildProcess program, string listener, CancellationToken cancellationToken)
    {
        var line = await program.WaitForLineAsync(text => text.Contains($"Listening: {listener} on ", StringComparison.Ordinal), cancellationToken);
        return new Uri(Address().Match(line).Value.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"https?://\S+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
