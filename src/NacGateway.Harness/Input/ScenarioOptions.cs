using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using NacGateway.Aaa.Scenarios;
using NacGateway.Aaa.Tracing;

namespace NacGateway.Harness.Input;

/// <summary>What goes wrong on purpose, by which seed, and where a run is recorded to or replayed from.</summary>
internal sealed class ScenarioOptions
{
    private readonly Option<string?> _scenario = new("--scenario") { Description = "What goes wrong on purpose: JSON as in seeds/scenarios.", HelpName = "FILE" };
    private readonly Option<string?> _seed = new("--seed") { Description = "Number that chance follows from: the same seed and the same requests give the same run. States can be guessed then. With --scenario or --record a drawn one, which the first line names.", HelpName = "NUMBER" };
    private readonly Option<string?> _record = new("--record") { Description = "Write each datagram in and out to FILE, a JSON object a line. Passwords are in it as they were on the wire.", HelpName = "FILE" };
    private readonly Option<string?> _replay = new("--replay") { Description = "Answer the n-th request as the n-th of a recorded run was answered, with digests made for the new request. Needs no --users.", HelpName = "FILE" };
    private readonly Option<bool> _verbatim = new("--verbatim") { Description = "With --replay: send the recorded octets as they are." };

    public void AddTo(Command command)
    {
        command.Options.Add(_scenario);
        command.Options.Add(_seed);
        command.Options.Add(_record);
        command.Options.Add(_replay);
        command.Options.Add(_verbatim);
    }

    /// <summary>The scenario; null for none.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public Scenario? Scenario(ParseResult parse) => parse.GetValue(_scenario) is { } path ? Load("--scenario", () => NacGateway.Aaa.Scenarios.Scenario.Load(path)) : null;

    /// <summary>The seed; null where nothing was asked for that needs one.</summary>
    /// <exception cref="UsageException">It is no number.</exception>
    public ulong? Seed(ParseResult parse) => parse.GetValue(_seed) switch
    {
        { } text when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => seed,
        { } => throw new UsageException("--seed takes a whole number from 0 on."),
        _ when parse.GetValue(_scenario) is not null || parse.GetValue(_record) is not null => (ulong)RandomNumberGenerator.GetInt32(int.MaxValue),
        _ => null,
    };

    /// <summary>The run to answer from; null for none.</summary>
    /// <exception cref="UsageException">It cannot be read, was made with another secret, or was given beside what it stands for.</exception>
    public Trace? Replay(ParseResult parse, ReadOnlySpan<byte> secret)
    {
        if (parse.GetValue(_replay) is not { } path)
        {
            return parse.GetValue(_verbatim) ? throw new UsageException("--verbatim is for --replay. Give that too, or leave it out.") : null;
        }

        if (parse.GetValue(_scenario) is not null || parse.GetValue(_record) is not null)
        {
            throw new UsageException("--replay stands in place of --scenario and --record. Give it alone.");
        }

        var trace = Load("--replay", () => Trace.Load(path));
        return parse.GetValue(_verbatim) || trace.IsMadeWith(secret)
            ? trace
            : throw new UsageException("--replay: the secret proves no reply of that run, so that none could be made for other requests. Give the secret of the run, or --verbatim.");
    }

    public bool IsVerbatim(ParseResult parse) => parse.GetValue(_verbatim);

    public bool IsReplay(ParseResult parse) => parse.GetValue(_replay) is not null;

    /// <summary>Where to record; null for nowhere. The caller closes it.</summary>
    /// <exception cref="UsageException">The file cannot be made.</exception>
    public TraceWriter? Record(ParseResult parse)
    {
        try
        {
            return parse.GetValue(_record) is { } path ? new TraceWriter(path, TellThatItEnds) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--record: {exception.Message} Give a file that can be written to.", exception);
        }
    }

    private static void TellThatItEnds(IOException error) =>
        Console.Error.WriteLine($"error: --record: {error.Message} The record ends here and is not whole; the server goes on. Make room, and record anew.");

    private static T Load<T>(string option, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (ScenarioException exception)
        {
            throw new UsageException($"{option}: {exception.Message}", exception);
        }
    }
}
