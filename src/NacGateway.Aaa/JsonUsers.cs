using System.Text.Json;
using System.Text.Json.Serialization;
using NacGateway.Radius.Dictionary;

namespace NacGateway.Aaa;

/// <summary>Users from JSON: <c>{ "users": [ { "name": "alice", "password": "...", "reply": [ "Session-Timeout = 3600" ] } ] }</c>.</summary>
internal static class JsonUsers
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<AaaUser> Parse(string text, string path)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(text, s_options);
            return [.. (document?.Users ?? []).Select((entry, place) => User(entry, $"{path}: user {place + 1} ('{entry.Name}')"))];
        }
        catch (JsonException exception)
        {
            throw new UserFileException($"{path}:{exception.LineNumber + 1}: {exception.Message.Split(" Path:")[0]}", exception);
        }
    }

    private static AaaUser User(Entry entry, string where)
    {
        if (string.IsNullOrEmpty(entry.Name))
        {
            throw new UserFileException($"{where} has no name.");
        }

        if (entry.Password is null && !entry.Reject)
        {
            throw new UserFileException($"{where} has no password. Give one, or set reject to true.");
        }

        List<AttributeAssignment> reply = [];
        foreach (var line in entry.Reply)
        {
            if (!AttributeAssignment.TryParseList(line, AttributeDictionary.Default, out var assignments, out var error))
            {
                throw new UserFileException($"{where}, reply '{line}': {error}");
            }

            reply.AddRange(assignments);
        }

        return new AaaUser
        {
            Name = entry.Name,
            Password = entry.Password,
            OneTimeCode = entry.OneTimeCode,
            Question = entry.Question ?? "Enter the code from your authenticator.",
            Echo = entry.Echo,
            PasswordExpired = entry.PasswordExpired,
            Rejected = entry.Reject,
            RejectMessage = entry.RejectMessage,
            Reply = reply,
        };
    }

    private sealed record Document(IReadOnlyList<Entry> Users);

    private sealed record Entry
    {
        public string Name { get; init; } = string.Empty;

        public string? Password { get; init; }

        public string? OneTimeCode { get; init; }

        public string? Question { get; init; }

        public bool Echo { get; init; }

        public bool PasswordExpired { get; init; }

        public bool Reject { get; init; }

        public string? RejectMessage { get; init; }

        public IReadOnlyList<string> Reply { get; init; } = [];
    }
}
