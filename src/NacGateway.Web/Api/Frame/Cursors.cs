using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NacGateway.Web.Api.Frame;

/// <summary>
/// Makes and reads cursors: where a list goes on, bound by HMAC-SHA256 to the list and to its filters, so that nobody makes one up or
/// takes it to another list. The key lives as long as the process; a cursor from before is refused as one, and the program begins again.
/// </summary>
internal sealed class Cursors
{
    /// <summary>Longest text of a cursor.</summary>
    public const int LongestText = 1024;

    private const byte Version = 1;
    private const int TagLength = 16;

    /// <summary>What does not choose items: those may differ from page to page.</summary>
    private static readonly string[] s_apart = ["cursor", "size", "total"];

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Reads where to go on, and checks the size.</summary>
    /// <param name="context">The request: its path is the list, its query the filters.</param>
    /// <param name="page">What was asked for.</param>
    /// <param name="position">What <see cref="Write"/> was given; null for the first page.</param>
    /// <param name="refused">The answer where it cannot be used.</param>
    public bool TryRead(HttpContext context, PageQuery page, out IReadOnlyList<string>? position, [NotNullWhen(false)] out ApiProblem? refused)
    {
        (position, refused) = (null, null);
        if (page.Size is < 1 or > PageQuery.LargestSize)
        {
            refused = ApiProblem.Invalid("size", $"A page has 1 to {PageQuery.LargestSize} items.");
            return false;
        }

        if (string.IsNullOrEmpty(page.Cursor))
        {
            return true;
        }

        position = Decode(context, page.Cursor);
        refused = position is null ? new ApiProblem(ProblemKind.BadCursor, "Begin again without a cursor.") : null;
        return position is not null;
    }

    /// <summary>The cursor that goes on behind an item.</summary>
    /// <param name="context">The request, as for <see cref="TryRead"/>.</param>
    /// <param name="position">What the list is sorted by, of the last item of this page; invariant texts.</param>
    public string Write(HttpContext context, params ReadOnlySpan<string> position)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(position.ToArray());
        var octets = new byte[1 + TagLength + body.Length];
        octets[0] = Version;
        body.CopyTo(octets.AsSpan(1 + TagLength));
        Tag(context, body).CopyTo(octets.AsSpan(1));
        var text = Base64Url.EncodeToString(octets);
        return text.Length <= LongestText ? text : throw new ArgumentException($"A cursor takes {LongestText} characters at most, not {text.Length}: sort by something shorter.", nameof(position));
    }

    private string[]? Decode(HttpContext context, string text)
    {
        if (text.Length > LongestText || !Base64Url.IsValid(text, out var length) || length <= 1 + TagLength)
        {
            return null;
        }

        var octets = Base64Url.DecodeFromChars(text);
        var body = octets.AsSpan(1 + TagLength);
        return octets[0] == Version && CryptographicOperations.FixedTimeEquals(Tag(context, body), octets.AsSpan(1, TagLength))
            ? JsonSerializer.Deserialize<string[]>(body)
            : null;
    }

    private ReadOnlySpan<byte> Tag(HttpContext context, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Append(mac, context.Request.Path.Value ?? "");
        foreach (var (name, values) in context.Request.Query.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!s_apart.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Append(mac, name);
                Append(mac, string.Join('\u001f', values!));
            }
        }

        mac.AppendData([Version]);
        mac.AppendData(body);
        return mac.GetHashAndReset().AsSpan(0, TagLength);
    }

    /// <summary>With its length first, so that no two requests look the same when put in a row.</summary>
    private static void Append(IncrementalHash mac, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        mac.AppendData(BitConverter.GetBytes(octets.Length));
        mac.AppendData(octets);
    }
}
