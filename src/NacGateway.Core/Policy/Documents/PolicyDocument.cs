using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NacGateway.Core.Policy.Documents;

/// <summary>Reads rules and roles as JSON. The whole is right or nothing of it counts; all errors are found in one pass.</summary>
public static class PolicyDocument
{
    /// <summary>Longest document, in characters.</summary>
    public const int Longest = 1_000_000;

    private const string DefaultGroup = "Class";

    private static readonly JsonDocumentOptions s_json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    /// <summary>Reads a document.</summary>
    /// <param name="text">The JSON; comments are allowed.</param>
    /// <param name="version">The number that the rules have or will have.</param>
    /// <param name="policy">The rules; null when there is any error.</param>
    /// <param name="errors">Each with its path in the document and the remedy.</param>
    public static bool TryParse(string text, int version, [NotNullWhen(true)] out AccessPolicy? policy, out IReadOnlyList<string> errors)
    {
        ArgumentNullException.ThrowIfNull(text);
        policy = null;
        List<string> found = [];
        errors = found;
        if (text.Length > Longest)
        {
            found.Add($"document has {text.Length} characters. Shorten it to {Longest}.");
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(text, s_json);
            policy = Read(new Part(json.RootElement, "document", found), version, found);
        }
        catch (JsonException exception)
        {
            found.Add($"document is no JSON: line {(exception.LineNumber ?? 0) + 1}: {exception.Message.Split(" LineNumber:")[0]} Correct it there.");
        }
        catch (InvalidOperationException)
        {
            // What the reader of strings says about half a surrogate pair.
            found.Add("document has a text that is no Unicode. Correct its escapes (\\u).");
        }

        policy = found.Count == 0 ? policy : null;
        return policy is not null;
    }

    /// <summary>SHA-256 of the text, in hexadecimal.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static AccessPolicy Read(Part part, int version, List<string> errors)
    {
        var fields = part.Fields("timeZone", "groupAttribute", "unknownRoles", "noAnswer", "roles", "rules");
        var zone = fields.TryGetValue("timeZone", out var named) ? WindowReader.ReadZone(named) : null;
        var group = fields.TryGetValue("groupAttribute", out var attribute) ? ReplyReader.Find(attribute)?.Name : null;
        var outage = fields.TryGetValue("noAnswer", out var unanswered) ? RoleReader.ReadOutage(unanswered, isRoleNeeded: true) : null;
        var roleParts = fields.GetValueOrDefault("roles")?.Entries() ?? [];
        var ruleParts = fields.GetValueOrDefault("rules")?.Entries() ?? [];
        var roles = roleParts.Select(entry => (Part: entry, Role: RoleReader.Read(entry))).ToList();
        var reader = new RuleReader(new ConditionReader(zone, group ?? DefaultGroup));
        var rules = ruleParts.Select(entry => (Part: entry, Rule: reader.Read(entry))).ToList();
        FindTwins(roles.Select(entry => (entry.Part, entry.Role?.Name)));
        FindTwins(rules.Select(entry => (entry.Part, entry.Rule?.Name)));

        var names = roles.Select(entry => entry.Role?.Name).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (where, rule) in rules.Where(entry => entry.Rule is not null))
        {
            FindUnknown(where, "role", rule!.Roles, names);
            if (!AccessPolicy.CanHoldTogether(rule.Roles))
            {
                where.Fail($"gives more than {AccessPolicy.MostRoles} roles. Make one role of some of them.");
            }
        }

        roles.ForEach(entry => FindUnknown(entry.Part, "noAnswer.role", entry.Role?.Outage?.Role, names));
        FindUnknown(part, "noAnswer.role", outage?.Role, names);
        var unknown = fields.GetValueOrDefault("unknownRoles")?.Choice("refuse", "ignore");
        return errors.Count > 0 ? AccessPolicy.None : new AccessPolicy(version, [.. roles.Select(entry => entry.Role!)], [.. rules.Select(entry => entry.Rule!)])
        {
            IgnoresUnknownRoles = unknown == "ignore",
            Outage = outage,
        };
    }

    private static void FindTwins(IEnumerable<(Part Part, string? Name)> named)
    {
        foreach (var twins in named.Where(entry => entry.Name is not null).GroupBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            twins.Last().Part.Fail($"has the name '{twins.Key}' of another one. Give each a name of its own; case makes no difference.");
        }
    }

    private static void FindUnknown(Part part, string field, string? name, HashSet<string> known) =>
        FindUnknown(part, field, name is null ? [] : [name], known);

    private static void FindUnknown(Part part, string field, IReadOnlyList<string> names, HashSet<string> known)
    {
        foreach (var name in names.Where(name => !known.Contains(name)))
        {
            part.Fail($"names role '{name}' in {field}, and there is none. Add it to roles, or name {(known.Count == 0 ? "none" : "one of " + string.Join(", ", known.Order(StringComparer.OrdinalIgnoreCase).Take(10)))}.");
        }
    }
}
