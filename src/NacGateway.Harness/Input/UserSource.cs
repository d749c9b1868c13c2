using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NacGateway.Aaa;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Input;

/// <summary>Where a verb that plays many users has them from: a users file, or a pattern of names with one password or a pattern of passwords.</summary>
internal sealed partial class UserSource
{
    private const int MostUsers = 1_000_000;
    private const string Place = "{n}";
    private readonly PasswordSource _password = new();

    private readonly Option<string?> _file = new("--users")
    {
        Description = "Users and passwords: JSON as in seeds/demo-users.json, or a users file in the format of FreeRADIUS. Who has no password there is left out.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _pattern = new("--user")
    {
        Description = "User-Name; {1..1000} in it stands for a thousand users, and {n} in the password for the number of each. {001..100} keeps the zeros.",
        HelpName = "PATTERN",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_pattern);
        _password.AddTo(command);
    }

    /// <summary>The users, at least one.</summary>
    /// <exception cref="UsageException">None or two sources are given, or the one is wrong.</exception>
    public async Task<IReadOnlyList<HarnessUser>> ReadAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var file = parse.GetValue(_file);
        var pattern = parse.GetValue(_pattern);
        if (file is null == pattern is null)
        {
            throw new UsageException("Give the users once: --users FILE, or --user PATTERN with a password.");
        }

        if (file is not null && _password.IsGiven(parse))
        {
            throw new UsageException("--users has the passwords already. Leave the other password out.");
        }

        var users = file is not null ? Load(file) : Expand(pattern!, await _password.ReadAsync(parse, cancellationToken));
        return users.FirstOrDefault(user => user.Name.Length is 0 or > AttributeList.MaxValueLength || user.Password.Length > UserPassword.MaxLength) is { } wrong
            ? throw new UsageException($"The user {wrong} cannot be sent: a name has 1 to 253 octets, a password at most 128 (RFC 2865 section 5.2).")
            : users;
    }

    private static HarnessUser[] Load(string path)
    {
        try
        {
            HarnessUser[] users = [.. UserDirectory.Load(path).Users.Where(user => user.Password is not null).Select(user => new HarnessUser(Encoding.UTF8.GetBytes(user.Name), Encoding.UTF8.GetBytes(user.Password!)))];
            return users.Length != 0 ? users : throw new UsageException($"--users: nobody in {path} has a password to sign in with. Give a file with clear passwords.");
        }
        catch (UserFileException exception)
        {
            throw new UsageException($"--users: {exception.Message} (seeds/demo-users.json shows the format.)", exception);
        }
    }

    private static HarnessUser[] Expand(string pattern, byte[] password)
    {
        if (RangePattern().Match(pattern) is not { Success: true } range)
        {
            return [new HarnessUser(Encoding.UTF8.GetBytes(pattern), password)];
        }

        var (first, last) = (range.Groups["first"].Value, range.Groups["last"].Value);
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            || to < from || to - (long)from >= MostUsers)
        {
            throw new UsageException($"--user: {{{first}..{last}}} is no range of 1 to {MostUsers} numbers. Give one such as {{1..1000}}.");
        }

        var format = first is ['0', _, ..] ? "D" + first.Length.ToString(CultureInfo.InvariantCulture) : "D";
        var secret = Encoding.Latin1.GetString(password);
        return [.. Enumerable.Range(from, to - from + 1).Select(number => number.ToString(format, CultureInfo.InvariantCulture)).Select(number => new HarnessUser(
            Encoding.UTF8.GetBytes(string.Concat(pattern.AsSpan(0, range.Index), number, pattern.AsSpan(range.Index + range.Length))),
            Encoding.Latin1.GetBytes(secret.Replace(Place, number, StringComparison.Ordinal))))];
    }

    [GeneratedRegex(@"\{(?<first>\d{1,9})\.\.(?<last>\d{1,9})\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RangePattern();
}
