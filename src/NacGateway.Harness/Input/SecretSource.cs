using System.CommandLine;
using System.Text;

namespace NacGateway.Harness.Input;

/// <summary>
/// Where a verb has the shared secret from: environment, file or command line, exactly one of them. The octets are taken as they are, for
/// a blank trimmed off is a secret that differs; only a file's last line end is not part of it.
/// </summary>
internal sealed class SecretSource
{
    /// <summary>The variable that other users of the machine cannot see, unlike the command line.</summary>
    public const string Variable = "NAC_HARNESS_SECRET";

    private readonly Option<string?> _text = new("--secret")
    {
        Description = $"Shared secret. Others on this machine can read the command line: prefer the environment variable {Variable}.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _file = new("--secret-file") { Description = "File that holds the shared secret; its last line end is not part of it.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(_text);
        command.Options.Add(_file);
    }

    /// <summary>The secret, or null when none is given.</summary>
    /// <exception cref="UsageException">Several are given, or the one is empty or cannot be read.</exception>
    public byte[]? Find(ParseResult parse)
    {
        var text = parse.GetValue(_text);
        var file = parse.GetValue(_file);
        var environment = Environment.GetEnvironmentVariable(Variable);
        string[] given = [.. Given(text, "--secret"), .. Given(file, "--secret-file"), .. Given(environment, Variable)];
        if (given.Length == 0)
        {
            return null;
        }

        if (given.Length > 1)
        {
            throw new UsageException($"The secret is given by {string.Join(" and by ", given)}. Give it once.");
        }

        var octets = file is not null ? SecretFile.Read(file, "--secret-file") : Encoding.UTF8.GetBytes(text ?? environment!);
        return octets.Length != 0 ? octets : throw new UsageException($"The secret given by {given[0]} is empty. RADIUS proves nothing without one.");
    }

    /// <summary>The secret.</summary>
    /// <exception cref="UsageException">None is given, or several, or the one is empty or cannot be read.</exception>
    public byte[] Require(ParseResult parse) =>
        Find(parse) ?? throw new UsageException($"There is no shared secret. Set the environment variable {Variable}, or give --secret-file or --secret.");

    private static string[] Given(string? value, string name) => value is null ? [] : [name];
}
