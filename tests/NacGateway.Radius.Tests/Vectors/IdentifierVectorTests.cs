using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Vectors;

/// <summary>The examples of network access identifiers of RFC 7542 section 3.4.</summary>
public sealed class IdentifierVectorTests
{
    public static TheoryData<string> Names() => [.. VectorFile.Load("rfc7542-3.4").Sections];

    [Theory]
    [MemberData(nameof(Names))]
    [Requirement("RNAI-2")]
    public void Rfc7542_3_4_name_is_what_the_RFC_says(string section)
    {
        VectorFile file = VectorFile.Load("rfc7542-3.4");
        string name = Encoding.UTF8.GetString(file.Octets(section, "nai"));

        bool isIdentifier = NetworkAccessIdentifier.TryParse(name, out NetworkAccessIdentifier identifier);

        Assert.Equal(file.Text(section, "valid") == "yes", isIdentifier);
        Assert.Equal(isIdentifier ? name : "", identifier.Realm is { Length: > 0 } ? identifier.User + "@" + identifier.Realm : identifier.User ?? "");
    }

    [Theory]
    [InlineData("bob", true)]
    [InlineData("", false)]
    [InlineData("@", false)]
    [InlineData("user@", false)]
    [InlineData("a..b@example.com", false)]
    [InlineData("user@-example.com", false)]
    [InlineData("user@example-.com", false)]
    [InlineData("user@example..com", false)]
    [InlineData("EXAMPLE\\joe", false)]
    [InlineData("joe smith", false)]
    [InlineData("jürgen@bücher.example", true)]
    public void Name_beyond_the_examples(string name, bool expected) => Assert.Equal(expected, NetworkAccessIdentifier.TryParse(name, out _));
}
