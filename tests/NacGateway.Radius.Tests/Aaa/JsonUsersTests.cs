using NacGateway.Aaa;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

public sealed class JsonUsersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("users");

    [Fact]
    public void A_user_is_read_with_all_that_is_said_of_him()
    {
        var path = _folder.Write("users.json", """
            // comments and trailing commas are welcome
            { "users": [
              { "name": "bob", "password": "p", "oneTimeCode": "1", "question": "Which?", "echo": true, "passwordExpired": true,
                "rejectMessage": "Too old.", "reply": [ "Session-Timeout = 5, Class = 0x01", "Class += 0x02", ], },
              { "name": "eve", "reject": true },
              { "name": "DEFAULT", "password": "d" },
            ] }
            """);

        var users = UserDirectory.Load(path);

        var bob = users.Find("bob", [])!;
        Assert.Equal(("p", "1", "Which?", true, true, "Too old."), (bob.Password, bob.OneTimeCode, bob.Question, bob.Echo, bob.PasswordExpired, bob.RejectMessage));
        Assert.Equal(["Session-Timeout = 5", "Class = 0x01", "Class = 0x02"], bob.Reply.Select(item => item.ToString()).ToArray());
        Assert.True(users.Find("eve", [])!.Rejected);
        Assert.Equal("d", users.Find("anybody", [])!.Password);
        Assert.Equal(3, users.Count);
    }

    [Theory]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\" } ] }", 2, "has no password", "Give one, or set reject")]
    [InlineData("{ \"users\": [\n\n{ \"password\": \"s3cret\" } ] }", 3, "has no name", "Give one")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"\" } ] }", 2, "empty password", "not empty")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\", \"oneTimeCode\": \"\" } ] }", 2, "empty oneTimeCode", "delete")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\", \"question\": \"?\" } ] }", 2, "question but no code", "Give oneTimeCode")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\", \"pasword\": \"s3cret\" } ] }", 2, "a setting 'pasword'", "Known are name, password")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\",\n \"echo\": \"s3cret\" } ] }", 3, "'echo'", "echo, passwordExpired and reject are true or false")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": 123 } ] }", 2, "'password'", "all else a text")]
    [InlineData("{ \"users\": [\n{ \"name\": null, \"password\": \"s3cret\" } ] }", 2, "'name'", "all else a text")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\", \"reply\": null } ] }", 2, "'reply'", "reply is a list of texts")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\", \"reply\": [ null ] } ] }", 2, "reply 1 is empty", "Write Name = value")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\",\n\n \"password\": \"s3cret\" } ] }", 4, "stands twice", "all else a text")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\", \"reply\": [ \"Class = 1\", \"Tunnel-Password = \\\"s3cret\" ] } ] }", 2, "reply 2: the quotation mark", "Close it")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\", \"reply\": [ \"Session-Timeout = soon\" ] } ] }", 2, "'soon' is no value", "a number")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\", \"reply\": [ \"Fall-Through = Yes\" ] } ] }", 2, "a word for the server", "delete it")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"reject\": true, \"reply\": [ \"Class = 1\" ] } ] }", 2, "has no reply attributes", "rejectMessage is its text")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\", \"rejectMessage\": \"no\" } ] }", 2, "a wrong password does not show", "delete it")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"reject\": true, \"rejectMessage\": \"\" } ] }", 2, "empty text for people", "Write one")]
    [InlineData("{ \"users\": [\n{ \"name\": \"bob\", \"password\": \"s3cret\" },\n{ \"name\": \"bob\", \"password\": \"s3cret\" } ] }", 3, "'bob' above already", "Delete one")]
    [InlineData("{ \"users\": [\n null ] }", 2, "a user is expected", "Write { \"users\"")]
    [InlineData("{ \"users\": [\n [] ] }", 2, "a user is expected", "Write { \"users\"")]
    [InlineData("{ \"users\":\n null }", 2, "not a list of users", "Write { \"users\"")]
    [InlineData("{ \"user\": [ ] }", 1, "something other than its users", "Write { \"users\"")]
    [InlineData("{ \"users\": [ ], \"more\": 1 }", 1, "not a list of users", "Write { \"users\"")]
    [InlineData("{ }", 1, "not a list of users", "Write { \"users\"")]
    [InlineData("{ \"users\": [\n { \"name\": \"bob\" \"password\": \"s3cret\" } ] }", 2, "is invalid", "Correct the JSON there")]
    [InlineData("{ \"users\": [\n { \"name\": \"bob", 2, "", "Correct the JSON there")]
    public void What_is_not_understood_is_an_error_with_its_line_and_remedy(string text, int line, string problem, string remedy) =>
        UserFileFaults.AssertRefused(_folder.Write("users.json", text), line, problem, remedy);

    [Fact]
    public void An_empty_file_is_an_error_and_no_list_without_users()
    {
        Assert.Contains(":1: ", Assert.Throws<UserFileException>(() => UserDirectory.Load(_folder.Write("users.json", ""))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_known_by_its_first_character_too()
    {
        Assert.Equal(1, UserDirectory.Load(_folder.Write("users", "\n { \"users\": [ { \"name\": \"a\", \"reject\": true } ] }")).Count);
    }

    public void Dispose() => _folder.Dispose();
}
