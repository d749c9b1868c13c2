using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using NacGateway.Core.Insight.Acts;

namespace NacGateway.Web.Admin.Sessions.Acts;

/// <summary>The form of an act: which sessions, with which values, from which page.</summary>
internal sealed class ActForm(IFormCollection form)
{
    /// <summary>Several thousand chosen rows with their ids.</summary>
    public const long LongestBody = 2 * 1024 * 1024;

    private const int MostValues = 25_000;
    private const int LongestId = 64;
    private const string FilterPrefix = "filter.";

    /// <summary>What the confirmation asks for itself, and does not send on.</summary>
    private static readonly string[] s_own = ["csrf", "confirm", "typed", "minutes", "role", "text"];

    public bool IsConfirmed => form["confirm"] == "yes";

    public string? Typed => form["typed"];

    /// <summary>Whether it is for all that the filter finds.</summary>
    public bool IsAll => form["all"] == "1";

    /// <summary>The sessions that are named, each once.</summary>
    public IReadOnlyList<string> Ids => [.. form["id"].OfType<string>().Where(id => id.Length is > 0 and <= LongestId).Distinct(StringComparer.Ordinal)];

    /// <summary>The list's own query.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Filter =>
        [.. form.Where(pair => pair.Key.StartsWith(FilterPrefix, StringComparison.Ordinal)).SelectMany(pair => pair.Value.OfType<string>().Select(value => KeyValuePair.Create(pair.Key[FilterPrefix.Length..], value)))];

    /// <summary>What is sent again with the confirmation.</summary>
    public IReadOnlyList<(string Key, string Value)> Fields =>
        [.. form.Where(pair => !s_own.Contains(pair.Key, StringComparer.Ordinal)).SelectMany(pair => pair.Value.OfType<string>().Select(value => (pair.Key, value)))];

    public string Minutes => form["minutes"].ToString();

    public string Role => form["role"].ToString();

    public string Text => form["text"].ToString();

    /// <summary>Where it was sent from: a page of the desk and nowhere else.</summary>
    public string Back => form["back"].ToString() is { Length: > 0 } back && (back.StartsWith("/sessions", StringComparison.Ordinal) || back.StartsWith("/people", StringComparison.Ordinal)) && !back.Any(c => c is '\\' or < '!' or > '~')
        ? back
        : "/sessions" + QueryString.Create(Filter.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)));

    public static async Task<ActForm> ReadAsync(HttpContext context) => new(await context.Request.ReadFormAsync(
        new FormOptions { ValueCountLimit = MostValues, BufferBodyLengthLimit = LongestBody, MemoryBufferThreshold = (int)LongestBody, KeyLengthLimit = 128, ValueLengthLimit = 8 * 1024 },
        context.RequestAborted));

    /// <summary>The act with its values; null, with the field and what is wrong, where they are.</summary>
    public SessionAct? Read(string verb, out (string Field, string Error) problem)
    {
        problem = default;
        SessionAct? act;
        switch (verb)
        {
            case "extend":
                if (!int.TryParse(Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || !SessionAct.TryExtend(minutes, out act))
                {
                    act = null;
                    problem = ("minutes", $"Give 1 to {SessionAct.MostMinutes} minutes.");
                }

                return act;
            case "role":
                problem = ("role", "Choose a role of the policies.");
                return SessionAct.TryRole(Role, out act) ? act : null;
            case "message":
                problem = ("text", $"A message has 1 to {SessionAct.LongestMessage} characters.");
                return SessionAct.TryTell(Text, out act) ? act : null;
            default:
                return new SessionAct.Disconnect();
        }
    }
}
