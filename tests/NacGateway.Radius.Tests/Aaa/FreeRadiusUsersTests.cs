using NacGateway.Aaa;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

public sealed class FreeRadiusUsersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("users");

    [Theory]
    [InlineData("""bob Cleartext-Password := "hello" """, "bob", "hello")]
    [InlineData("bob\tCleartext-Password\t:=\t\"hello\"\t# his", "bob", "hello")]
    [InlineData("bob Cleartext-Password:=hello", "bob", "hello")]
    [InlineData("bob Cleartext-Password := 'it''s' ", null, null)]
    [InlineData("""bob Cleartext-Password := 'it\'s 100% \\' """, "bob", @"it's 100% \")]
    [InlineData("""bob Cleartext-Password := "say \"hi\"\t\\\101\303\274" """, "bob", "say \"hi\"\t\\Aü")]
    [InlineData("""bob Cleartext-Password := "a # b, c = d" """, "bob", "a # b, c = d")]
    [InlineData("\"bob the \\\"builder\\\"\" Cleartext-Password := x", "bob the \"builder\"", "x")]
    [InlineData("bob@example.org Cleartext-Password := x", "bob@example.org", "x")]
    [InlineData("bob CLEARTEXT-password := x", "bob", "x")]
    [InlineData("\uFEFFbob Cleartext-Password := x\r\n", "bob", "x")]
    [InlineData("# first\n\n   # indented\nbob Cleartext-Password := x", "bob", "x")]
    public void A_password_is_read_as_it_is_written(string text, string? name, string? password)
    {
        if (name is null)
        {
            Assert.Throws<UserFileException>(() => Load(text));
            return;
        }

        Assert.Equal(password, Load(text).Find(name, [])!.Password);
    }

    [Theory]
    [InlineData("Session-Timeout = 3600", "Session-Timeout = 3600")]
    [InlineData("Session-Timeout = 0x10", "Session-Timeout = 16")]
    [InlineData("Service-Type = Framed-User, Framed-Protocol := PPP", "Service-Type = Framed", "Framed-Protocol = PPP")]
    [InlineData("Framed-IP-Address = 192.0.2.7,\n  Framed-MTU += 1400 # tail", "Framed-IP-Address = 192.0.2.7", "Framed-MTU = 1400")]
    [InlineData("Cisco-AVPair = \"ip:inacl#1=permit\",\n# between\n\n\tCisco-AVPair += 'x'", "Cisco-AVPair = \"ip:inacl#1=permit\"", "Cisco-AVPair = \"x\"")]
    [InlineData("WISPr-Bandwidth-Max-Down = 1000000", "WISPr-Bandwidth-Max-Down = 1000000")]
    [InlineData("Tunnel-Type:1 = VLAN, Tunnel-Private-Group-Id:1 = \"42\"", "Tunnel-Type:1 = VLAN", "Tunnel-Private-Group-ID:1 = \"42\"")]
    [InlineData("Framed-IPv6-Prefix =2001:db8::/64", "Framed-IPv6-Prefix = 2001:db8::/64")]
    [InlineData("Attr-26.9.77 = 0x0102", "Attr-26.9.77 = 0x0102")]
    [InlineData("Class = 0x00ff", "Class = 0x00ff")]
    public void Reply_items_are_read_by_the_names_of_the_dictionary(string items, params string[] expected)
    {
        var user = Load($"bob Cleartext-Password := x\n\t{items}\n").Find("bob", []);

        Assert.Equal(expected, user!.Reply.Select(item => item.ToString()).ToArray());
    }

    [Theory]
    [InlineData("bob", 1, "has no password", "Add Cleartext-Password")]
    [InlineData("bob User-Password := \"s3cret\"", 1, "User-Password is no check item", "Compare it by ==")]
    [InlineData("bob User-Password == \"s3cret\"", 1, "User-Password cannot be compared", "Use Cleartext-Password :=")]
    [InlineData("bob Cleartext-Password == \"s3cret\"", 1, "takes the operator := only", "Write Cleartext-Password := value")]
    [InlineData("bob Cleartext-Password = \"s3cret\"", 1, "takes the operator := only", "Write Cleartext-Password := value")]
    [InlineData("bob Cleartext-Password += \"s3cret\"", 1, "takes the operator := only", "Write Cleartext-Password := value")]
    [InlineData("bob Cleartext-Password =~ \"s3cret\"", 1, "operator '=~'", "Use := and ==")]
    [InlineData("bob Cleartext-Password :=", 1, "Cleartext-Password has no value", "Write one")]
    [InlineData("bob Cleartext-Password", 1, "not followed by an operator", "Write Cleartext-Password = value")]
    [InlineData("bob Cleartext-Password := \"s3cret", 1, "not closed", "Close it")]
    [InlineData("bob Cleartext-Password := \"s3cret\\\"", 1, "not closed", "Close it")]
    [InlineData("bob Cleartext-Password := \"\"", 1, "Cleartext-Password, which is at least one octet", "Correct the value")]
    [InlineData("bob Cleartext-Password := \"s3cret\\q\"", 1, "Cleartext-Password", "Correct the value")]
    [InlineData("bob Cleartext-Password := \"s3cret\\377\"", 1, "is not UTF-8", "Write its characters")]
    [InlineData("bob Cleartext-Password := 's3cret\\n'", 1, "backslash in single quotes", "Double it")]
    [InlineData("bob Cleartext-Password := \"s3cret%{User-Name}\"", 1, "begins an expansion", "single quotes")]
    [InlineData("bob Cleartext-Password := `s3cret`", 1, "is a program", "Write the value itself")]
    [InlineData("bob Cleartext-Password := s3cret;x", 1, "a meaning of their own", "Put it in quotes")]
    [InlineData("bob Cleartext-Password := s3cret more", 1, "something follows Cleartext-Password", "Put a comma")]
    [InlineData("bob Cleartext-Password := x,", 1, "end with a comma", "Delete it")]
    [InlineData("bob Cleartext-Password := x,, Auth-Type := Accept", 1, "name is expected where ','", "Write items as Name := value")]
    [InlineData("bob Cleartext-Pasword := s3cret", 1, "no attribute 'Cleartext-Pasword'", "Correct the name")]
    [InlineData("bob Password := s3cret", 1, "no attribute 'Password'", "Did you mean")]
    [InlineData("bob Crypt-Password := s3cret", 1, "no attribute 'Crypt-Password'", "Correct the name")]
    [InlineData("bob Auth-Type := PAP", 1, "'PAP' is no value of Auth-Type", "Accept, Reject")]
    [InlineData("bob Auth-Type := 7", 1, "7 means nothing as Auth-Type", "Use Accept or Reject")]
    [InlineData("bob Auth-Type == Reject", 1, "takes the operator := only", "Write Auth-Type := value")]
    [InlineData("bob Fall-Through := Yes", 1, "Fall-Through is no check item", "on an indented line")]
    [InlineData("bob Cleartext-Password := x, Session-Timeout := 5", 1, "Session-Timeout is no check item", "on an indented line")]
    [InlineData("bob Cleartext-Password := x, Tunnel-Type:1 == VLAN", 1, "cannot be compared", "Use Cleartext-Password")]
    [InlineData("bob Cleartext-Password := x, Challenge-Question := \"Which?\"", 1, "no code to ask for", "Add One-Time-Code")]
    [InlineData("bob, Cleartext-Password := x", 1, "has a comma", "Put a space behind the name")]
    [InlineData("bob:=x", 1, "operator in it", "Put a space behind the name")]
    [InlineData("\"bob Cleartext-Password := x", 1, "name's quotation mark is not closed", "Close it")]
    [InlineData("\"bob\"Cleartext-Password := x", 1, "a space follows it", "Correct the name")]
    [InlineData("$INCLUDE more-users", 1, "$INCLUDE is not understood", "Put the entries of the other file here")]
    [InlineData("\n\n  Session-Timeout = 5", 3, "reply items without a user", "Begin the line of a user in its first column")]
    [InlineData("bob Cleartext-Password := x\n\tSession-Timeout = 5\n\tIdle-Timeout = 6", 2, "no comma at its end", "Put one there")]
    [InlineData("bob Cleartext-Password := x\n\tSession-Timeout = 5,\n", 2, "ends with a comma", "Delete the comma")]
    [InlineData("bob Cleartext-Password := x\n\tSession-Timeout = 5,\nann Cleartext-Password := x", 2, "ends with a comma", "Delete the comma")]
    [InlineData("bob Cleartext-Password := x\n\tSession-Timeout == 5", 2, "Session-Timeout is compared", "Use =, := or +=")]
    [InlineData("bob Cleartext-Password := x\n\tSession-Timeout -= 5", 2, "operator '-='", "=, := or +=")]
    [InlineData("bob Cleartext-Password := x\n\tSession-Timeout = long", 2, "'long' is no value of Session-Timeout", "a number")]
    [InlineData("bob Cleartext-Password := x\n\tSession-Timeout:1 = 5", 2, "Session-Timeout has no tag", "the tag")]
    [InlineData("bob Cleartext-Password := x\n\tCleartext-Password = s3cret", 2, "a word for the server", "Put it into the user's first line")]
    [InlineData("bob Cleartext-Password := x\n\tFall-Through += Yes", 2, "a word for the server", "delete it")]
    [InlineData("bob Cleartext-Password := x\n\tFall-Through = 3", 2, "3 means nothing as Fall-Through", "Use No or Yes")]
    [InlineData("bob Cleartext-Password := x\n\tState = 0x01", 2, "State is made by the server", "Delete it")]
    [InlineData("bob Cleartext-Password := x\n\tMessage-Authenticator = 0x01", 2, "Message-Authenticator", "")]
    [InlineData("bob Cleartext-Password := x\n\tMS-CHAP2-Success = 0x01", 2, "MS-CHAP2-Success is made by the server", "Delete it")]
    [InlineData("bob Auth-Type := Reject\n\tSession-Timeout = 5", 2, "a rejection carries Reply-Message only", "Delete Session-Timeout")]
    [InlineData("bob Cleartext-Password := x\nbob Cleartext-Password := y", 2, "no request comes to this entry", "Change their order, or add Fall-Through = Yes")]
    [InlineData("DEFAULT Auth-Type := Reject\nbob Cleartext-Password := y", 2, "no request comes to this entry", "Change their order")]
    [InlineData("bob NAS-Identifier == lobby\n\tFall-Through = Yes\nbob Service-Type == Framed-User", 3, "has no password", "Add Cleartext-Password")]
    public void What_is_not_understood_is_an_error_with_its_line_and_remedy(string text, int line, string problem, string remedy) =>
        UserFileFaults.AssertRefused(_folder.Write("users", text), line, problem, remedy);

    [Fact]
    public void Reply_items_that_fill_more_than_a_packet_are_an_error()
    {
        var items = string.Join(",\n", Enumerable.Range(0, 13).Select(_ => $"\tReply-Message += \"{new string('x', 250)}\""));

        var message = Assert.Throws<UserFileException>(() => Load($"\nbob Cleartext-Password := x\n{items}")).Message;

        Assert.Contains("users:2: ", message, StringComparison.Ordinal);
        Assert.Contains("too many for one packet. Shorten", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_of_a_name_and_DEFAULT_count_in_the_order_of_the_file_until_one_does_not_fall_through()
    {
        var users = Load("""
            DEFAULT  NAS-Identifier == "lobby"
                     Idle-Timeout = 10,
                     Filter-Id = "first",
                     Filter-Id = "second",
                     Fall-Through = Yes
            bob      Cleartext-Password := "x"
                     Idle-Timeout = 20,
                     Session-Timeout = 30,
                     Filter-Id := "third",
                     Class += 0x01,
                     Fall-Through = Yes
            DEFAULT  Auth-Type := Reject
                     Reply-Message = "no"
            """);

        Assert.Equal(
            ["Idle-Timeout = 10", "Filter-Id = \"third\"", "Filter-Id = \"second\"", "Session-Timeout = 30", "Class = 0x01", "Reply-Message = \"no\""],
            Replies(users.Find("bob", At("lobby"))));
        Assert.Equal(
            ["Idle-Timeout = 20", "Session-Timeout = 30", "Filter-Id = \"third\"", "Class = 0x01", "Reply-Message = \"no\""],
            Replies(users.Find("bob", At("garden"))));
        Assert.Equal(["Reply-Message = \"no\""], Replies(users.Find("ann", [])));
        Assert.True(users.Find("bob", [])!.Rejected);
    }

    [Theory]
    [InlineData("NAS-Identifier == lobby", "lobby", true)]
    [InlineData("NAS-Identifier == lobby", "Lobby", false)]
    [InlineData("NAS-Identifier == lobby", null, false)]
    [InlineData("NAS-Identifier != lobby", "garden", true)]
    [InlineData("NAS-Identifier != lobby", "lobby", false)]
    [InlineData("NAS-Identifier != lobby", null, false)]
    [InlineData("NAS-Identifier == lobby, NAS-Port-Type == Wireless-802.11", "lobby", false)]
    public void A_check_item_compares_with_the_request(string check, string? nas, bool matches)
    {
        var users = Load($"bob Cleartext-Password := inside, {check}\nbob Auth-Type := Reject\n");

        Assert.Equal(matches, !users.Find("bob", At(nas))!.Rejected);
    }

    [Fact]
    public void A_check_item_may_be_a_vendors()
    {
        var users = Load("bob Cleartext-Password := x, Cisco-AVPair == \"ssid=guests\"\n");
        var request = new AttributeList();
        request.AddVendor(VendorId.Cisco, 1, "ssid=guests"u8);

        Assert.NotNull(users.Find("bob", request));
        Assert.Null(users.Find("bob", []));
    }

    [Fact]
    public void A_later_entry_overrides_password_and_verdict()
    {
        var users = Load("""
            bob      Cleartext-Password := "old", Auth-Type := Reject, One-Time-Code := "1", Challenge-Question := "Which?"
                     Fall-Through = Yes
            bob      Cleartext-Password := "new", Auth-Type := Accept, Password-Expired := No
            """);

        var user = users.Find("bob", [])!;

        Assert.Equal(("new", false, true, "1", "Which?"), (user.Password, user.Rejected, user.Accepted, user.OneTimeCode, user.Question));
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_an_error_rather_than_other_names()
    {
        var path = _folder["users"];
        File.WriteAllBytes(path, [.. "b"u8, 0xFC, .. " Cleartext-Password := x"u8]);

        Assert.Contains("Save it as UTF-8", Assert.Throws<UserFileException>(() => UserDirectory.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_is_named()
    {
        var path = _folder["nowhere"];

        Assert.StartsWith($"{path} cannot be read", Assert.Throws<UserFileException>(() => UserDirectory.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_lines_are_read_or_refused_with_their_place()
    {
        var random = new Random(20261123);
        string[] pieces = ["bob", "DEFAULT", " ", "\t", "\n", "\n\t", ":=", "=", "==", "+=", "\"", "'", "\\", ",", "#", "%", ":", "Cleartext-Password", "Auth-Type", "Reject", "Fall-Through", "Yes", "Reply-Message", "0x0", "1", "é", "\0"];
        for (var i = 0; i < 5000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                FreeRadiusUsers.Parse(text, "users");
            }
            catch (UserFileException exception)
            {
                Assert.Matches("^users:[0-9]+: ", exception.Message);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Replies(AaaUser? user) => [.. user!.Reply.Select(item => item.ToString())];

    private static AttributeList At(string? nas) => new RadiusPacket(RadiusCode.AccessRequest) { NasIdentifier = nas }.Attributes;

    private UserDirectory Load(string text) => UserDirectory.Load(_folder.Write("users", text));
}
