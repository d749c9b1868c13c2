using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using NacGateway.Web.Desk;

namespace NacGateway.Web.Tests.Admin.Routes;

/// <summary>One route of the desk, and who may use it: "anybody", "signed-in", a right, or a right "from-afar".</summary>
internal sealed partial record RouteLine(string Method, string Pattern, string Access)
{
    public const string Anybody = "anybody";
    public const string SignedIn = "signed-in";
    public const string FromAfar = "-from-afar";

    public override string ToString() => $"{Method} {Pattern} {Access}";

    public static RouteLine Parse(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var method, var pattern, var access]
            ? new RouteLine(method, pattern, access)
            : throw new FormatException($"A line of routes.txt is METHOD PATTERN ACCESS, not: {line}");

    /// <summary>The lines of what is mapped.</summary>
    public static IEnumerable<RouteLine> Of(RouteEndpoint endpoint)
    {
        var access = endpoint.Metadata.GetMetadata<DeskAccess>();
        var words = access switch
        {
            null => "no-decision",
            { Right: null } => Anybody,
            { Right: DeskRight.None } => SignedIn,
            { IsOpenLocally: true } => access.Right + FromAfar,
            _ => access.Right.ToString()!,
        };
        var pattern = Version().Replace("/" + endpoint.RoutePattern.RawText!.Trim('/'), ".HASH.");
        return (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Where(method => method != "HEAD").Select(method => new RouteLine(method, pattern, words));
    }

    /// <summary>The hash of its content in the name of an asset, which changes with it.</summary>
    [GeneratedRegex(@"(?<=^/assets/[a-z]+)\.[0-9a-f]{16}\.", RegexOptions.None, 1000)]
    private static partial Regex Version();

    /// <summary>A path that fits the pattern, of something that is not there.</summary>
    public string Path()
    {
        var pattern = RoutePatternFactory.Parse(Pattern);
        return "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { ParameterPolicies: [{ Content: "long" or "int" }, ..] } => "999999999",
            _ => "none",
        }))));
    }
}
