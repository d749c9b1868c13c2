using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NacGateway.Radius.Dictionary;

namespace NacGateway.Aaa;

/// <summary>Users from JSON: <c>{ "users": [ { "name": "alice", "password": "...", "reply": [ "Session-Timeout = 3600" ] } ] }</c>.</summary>
internal sealed class JsonUsers
{
    private const string Shape = "Write { \"users\": [ { \"name\": \"...\", \"password\": \"...\" } ] }.";
    private const string Known = "name, password, oneTimeCode, challenges, question, echo, passwordExpired, reject, rejectMessage, reply";

    private static readonly JsonReaderOptions s_reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    private readonly string _path;
    private readonly byte[] _text;

    private JsonUsers(string text, string path)
    {
        _path = path;
        _text = Encoding.UTF8.GetBytes(text);
    }

    public static IReadOnlyList<AaaUser> Parse(string text, string path) => new JsonUsers(text, path).Read();

    private List<AaaUser> Read()
    {
        CheckSyntax();
        var reader = new Utf8JsonReader(_text, s_reading);
        Expect(ref reader, JsonTokenType.StartObject);
        Expect(ref reader, JsonTokenType.PropertyName);
        if (!reader.ValueTextEquals("users"u8))
        {
            throw Error(reader.TokenStartIndex, $"the file begins with something other than its users. {Shape}");
        }

        Expect(ref reader, JsonTokenType.StartArray);
        List<AaaUser> users = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader.TokenStartIndex;
            var user = User(ReadEntry(ref reader), start);
            users.Add(names.Add(user.Name) ? user : throw Error(start, $"there is a user '{user.Name}' above already. Delete one of the two."));
        }

        Expect(ref reader, JsonTokenType.EndObject);
        return users;
    }

    private void CheckSyntax()
    {
        try
        {
            var reader = new Utf8JsonReader(_text, s_reading);
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            // The reader's own words name a character at most, never a value.
            throw new UserFileException($"{_path}:{exception.LineNumber + 1}: {exception.Message.Split(" LineNumber:")[0]} Correct the JSON there.", exception);
        }
    }

    private Entry ReadEntry(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Error(reader.TokenStartIndex, $"a user is expected here. {Shape}");
        }

        var start = reader.TokenStartIndex;
        try
        {
            return JsonSerializer.Deserialize<Entry>(ref reader, s_options)!;
        }
        catch (JsonException exception)
        {
            var what = (exception.Path ?? "$").TrimStart('$', '.');
            throw new UserFileException($"{_path}:{LineOf(start) + (exception.LineNumber ?? 0)}: '{what}' stands twice or has a value of the wrong kind. echo, passwordExpired and reject are true or false, challenges is a number, reply is a list of texts, all else a text.", exception);
        }
    }

    private AaaUser User(Entry entry, long start)
    {
        var problem = entry switch
        {
            { Unknown.Count: > 0 } => $"has a setting '{entry.Unknown.Keys.First()}', which is not known. Known are {Known}.",
            { Name: "" } => "has no name. Give one.",
            { Password: null, Reject: false } => "has no password. Give one, or set reject to true.",
            { Password: "" } => "has an empty password, which anybody has. Give one that is not empty, or set reject to true.",
            { OneTimeCode: "" } => "has an empty oneTimeCode. Give the code, or delete the setting.",
            { Question: not null, OneTimeCode: null } => "has a question but no code to ask for. Give oneTimeCode, or delete question.",
            { Challenges: not null, OneTimeCode: null } => "has challenges but no code to ask for. Give oneTimeCode, or delete challenges.",
            { Challenges: < 1 or > AaaUser.MostChallenges } => $"is asked fewer than 1 or more than {AaaUser.MostChallenges} times. Correct challenges.",
            { Question: "" } or { RejectMessage: "" } => "has an empty text for people. Write one, or delete the setting.",
            { RejectMessage: not null, Reject: false, PasswordExpired: false } => "has a rejectMessage, which a wrong password does not show. Set reject or passwordExpired to true, or delete it.",
            { Reject: true, Reply.Count: > 0 } => "is rejected, and a rejection has no reply attributes. Delete reply; rejectMessage is its text.",
            _ when TooLong(entry.Question) || TooLong(entry.RejectMessage) => $"has a text for people of more than {ReplyItems.MaxOctets / 2} octets. Shorten it.",
            _ => null,
        };
        if (problem is not null)
        {
            throw Error(start, $"user '{entry.Name}' {problem}");
        }

        return new AaaUser
        {
            Name = entry.Name,
            Password = entry.Password,
            OneTimeCode = entry.OneTimeCode,
            Question = entry.Question ?? AaaUser.DefaultQuestion,
            Challenges = entry.Challenges ?? 1,
            Echo = entry.Echo,
            PasswordExpired = entry.PasswordExpired,
            Rejected = entry.Reject,
            RejectMessage = entry.RejectMessage,
            Reply = Reply(entry, start),
        };
    }

    private static bool TooLong(string? text) => text is not null && Encoding.UTF8.GetByteCount(text) > ReplyItems.MaxOctets / 2;

    private List<AttributeAssignment> Reply(Entry entry, long start)
    {
        List<AttributeAssignment> reply = [];
        for (var i = 0; i < entry.Reply.Count; i++)
        {
            // The text itself is not repeated in messages: a Tunnel-Password may stand in it.
            var place = $"{_path}:{LineOf(start)}: user '{entry.Name}', reply {i + 1}";
            reply.AddRange(new UsersFileLine(entry.Reply[i] ?? string.Empty, place).Read() is { Count: > 0 } items
                ? items
                : throw new UserFileException($"{place} is empty. Write Name = value, or delete it."));
            if (reply.Select(ReplyItems.Problem).FirstOrDefault(text => text is not null) is { } problem)
            {
                throw new UserFileException($"{place}: {problem}");
            }
        }

        return ReplyItems.Octets(reply) <= ReplyItems.MaxOctets
            ? reply
            : throw Error(start, $"user '{entry.Name}': the reply attributes take more than {ReplyItems.MaxOctets} octets, too many for one packet. Shorten or delete some.");
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw Error(reader.TokenStartIndex, $"the file is not a list of users. {Shape}");
        }
    }

    private UserFileException Error(long offset, string message) => new($"{_path}:{LineOf(offset)}: {message}");

    private int LineOf(long offset) => _text.AsSpan(0, (int)offset).Count((byte)'\n') + 1;

    private sealed record Entry
    {
        public string Name { get; init; } = string.Empty;

        public string? Password { get; init; }

        public string? OneTimeCode { get; init; }

        public string? Question { get; init; }

        public int? Challenges { get; init; }

        public bool Echo { get; init; }

        public bool PasswordExpired { get; init; }

        public bool Reject { get; init; }

        public string? RejectMessage { get; init; }

        public IReadOnlyList<string?> Reply { get; init; } = [];

        [JsonExtensionData]
        public Dictionary<string, JsonElement> Unknown { get; init; } = [];
    }
}
