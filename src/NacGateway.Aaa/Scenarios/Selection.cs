using NacGateway.Radius.Packets;

namespace NacGateway.Aaa.Scenarios;

/// <summary>Which requests a step is for. What is not given does not matter. Immutable.</summary>
internal sealed record Selection
{
    public ScenarioPort? Port { get; init; }

    public RadiusCode? Code { get; init; }

    /// <summary>User-Name, where <c>*</c> stands for any text and <c>?</c> for one character.</summary>
    public string? User { get; init; }

    /// <summary>The first of the requests that the rest of the selection fits, from 1 on.</summary>
    public long From { get; init; } = 1;

    /// <summary>The last of them; null for no end.</summary>
    public long? To { get; init; }

    /// <summary>Each how many-th of them from the first on.</summary>
    public long Every { get; init; } = 1;

    /// <summary>Whether requests are counted for each user apart: <c>to: 1</c> is then the first try of each.</summary>
    public bool PerUser { get; init; }

    /// <summary>0 to 1; the seed decides.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>From so long after the server's first start on. What depends on time is not the same in each run.</summary>
    public TimeSpan After { get; init; }

    public TimeSpan? Until { get; init; }

    public bool Fits(ScenarioPort port, RadiusCode code, string user, TimeSpan sinceBegin) =>
        (Port is null || Port == port)
        && (Code is null || Code == code)
        && (User is null || Matches(User, user))
        && sinceBegin >= After
        && (Until is null || sinceBegin < Until);

    /// <summary>Whether the how many-th request that fits is one of those meant.</summary>
    public bool Counts(long number) => number >= From && (To is null || number <= To) && (number - From) % Every == 0;

    /// <summary>In time of both lengths multiplied: names come from the network.</summary>
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (at, star, mark) = (0, -1, 0);
        var i = 0;
        while (i < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, mark) = (at++, i);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[i]))
            {
                at++;
                i++;
            }
            else if (star >= 0)
            {
                (at, i) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].Trim('*').IsEmpty;
    }
}
