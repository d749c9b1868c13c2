using System.CommandLine;
using System.Text;

namespace NacGateway.Harness.Input;

/// <summary>Where the user's password comes from: command line, file or standard input, exactly one of them.</summary>
internal sealed class PasswordSource
{
    private readonly Option<string?> _text = new("--password")
    {
        Description = "The password. Others on this machine can read the command line: prefer --password-stdin.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _file = new("--password-file") { Description = "File that holds the password; its last line end is not part of it.", HelpName = "FILE" };

    private readonly Option<bool> _stdin = new("--password-stdin") { Description = "Read the password from standard input; a line end behind it is not part of it." };

    public void AddTo(Command command)
    {
        command.Options.Add(_text);
        command.Options.Add(_file);
        command.Options.Add(_stdin);
    }

    /// <summary>Whether one is given at all.</summary>
    public bool IsGiven(ParseResult parse) => parse.GetValue(_text) is not null || parse.GetValue(_file) is not null || IsStandardInput(parse);

    public bool IsStandardInput(ParseResult parse) => parse.GetValue(_stdin);

    /// <summary>The password's octets; there may be none.</summary>
    /// <exception cref="UsageException">It is not given, or several times, or its file cannot be read.</exception>
    public async Task<byte[]> ReadAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var text = parse.GetValue(_text);
        var file = parse.GetValue(_file);
        var stdin = parse.GetValue(_stdin);
        if ((text is null ? 0 : 1) + (file is null ? 0 : 1) + (stdin ? 1 : 0) != 1)
        {
            throw new UsageException("Give the password once: --password-stdin, --password-file FILE or --password TEXT.");
        }

        if (!stdin)
        {
            return file is null ? Encoding.UTF8.GetBytes(text!) : SecretFile.Read(file, "--password-file");
        }

        using var octets = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(octets, cancellationToken);
        return SecretFile.WithoutLineEnd(octets.ToArray());
    }
}
