namespace NacGateway.Web.Desk.Access;

/// <summary>Where a sign-in leads: to a page of the desk, never to another site.</summary>
internal static class ReturnPath
{
    public const string Start = "/";
    private const int Longest = 2000;

    /// <summary>The path, or the start where it is none of ours. Browsers read <c>//</c> and <c>/\</c> as the beginning of another host, and leave out tabs and line ends.</summary>
    public static string Of(string? wanted) =>
        wanted is ['/', ..] && wanted.Length <= Longest
        && wanted is not ['/', '/' or '\\', ..]
        && !wanted.Any(c => char.IsControl(c) || c == '\\')
        && !wanted.StartsWith("/sign-", StringComparison.Ordinal)
            ? wanted
            : Start;
}
