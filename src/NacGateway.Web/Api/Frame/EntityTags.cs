using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace NacGateway.Web.Api.Frame;

/// <summary>Versions of things as strong entity tags, and what requests say about them (RFC 9110 sections 8.8.3 and 13.1).</summary>
internal static class EntityTags
{
    /// <summary>The tag of a version: of a number that grows, or of the values that make up the thing.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts!)));
        return $"\"{Base64Url.EncodeToString(hash.AsSpan(0, 12))}\"";
    }

    /// <summary>Puts the tag into the answer.</summary>
    public static void Set(HttpContext context, string tag) => context.Response.Headers.ETag = tag;

    /// <summary>Whether the program has this version already: answer <c>TypedResults.StatusCode(304)</c> then. Sets the tag in either case.</summary>
    public static bool IsKnown(HttpContext context, string tag)
    {
        Set(context, tag);
        var known = context.Request.GetTypedHeaders().IfNoneMatch;
        return known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false));
    }

    /// <summary>Whether the change was made from the version that is there. Where it was not, the answer is 428 without If-Match, or 412 with the present tag.</summary>
    public static bool Allow(HttpContext context, string tag, [NotNullWhen(false)] out ApiProblem? refused)
    {
        refused = null;
        if (context.Request.Headers.IfMatch.Count == 0)
        {
            refused = new ApiProblem(ProblemKind.VersionNeeded, "Send the ETag of what you read as If-Match.");
            return false;
        }

        // Strictly: whoever sends half a tag does not know what he changes.
        if (EntityTagHeaderValue.TryParseStrictList(context.Request.Headers.IfMatch!, out var given)
            && given.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: true)))
        {
            return true;
        }

        Set(context, tag);
        refused = new ApiProblem(ProblemKind.Stale, "It is not what it was when you read it. Nothing was changed.");
        return false;
    }
}
