using System.CommandLine;

namespace NacGateway.Harness.Output;

/// <summary>Colour for people at a terminal; programs and files get plain text. What is coloured is said by the words too.</summary>
/// <param name="IsOn">Whether there is colour.</param>
internal sealed record Paint(bool IsOn)
{
    private const string Separator = " = ";

    public static Paint Plain { get; } = new(false);

    /// <summary>The option of the verbs that print decoded packets.</summary>
    public static Option<string> Option() => new Option<string>("--color")
    {
        Description = "Colour: auto is a terminal without NO_COLOR (no-color.org).",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "always", "never");

    public static Paint Of(string choice) => choice switch
    {
        "always" => new Paint(true),
        "never" => Plain,
        _ => new Paint(!Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb"),
    };

    public string Good(string text) => With("32", text);

    public string Bad(string text) => With("31", text);

    public string Doubtful(string text) => With("33", text);

    public string Strong(string text) => With("1", text);

    public string Faint(string text) => With("2", text);

    public string Verdict(string text, bool isGood) => isGood ? Good(text) : Bad(text);

    public string Check(PacketCheck check) => check.Outcome switch
    {
        CheckOutcome.Right => Good(check.ToString()),
        CheckOutcome.Wrong => Bad(check.ToString()),
        CheckOutcome.Missing => Doubtful(check.ToString()),
        _ => check.ToString(),
    };

    /// <summary>A printed line "Name = value": the name stands out.</summary>
    public string Attribute(string line)
    {
        var place = line.IndexOf(Separator, StringComparison.Ordinal);
        return place < 0 ? line : With("36", line[..place]) + line[place..];
    }

    private string With(string code, string text) => IsOn ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
