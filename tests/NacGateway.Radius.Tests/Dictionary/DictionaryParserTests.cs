using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Dictionary;

public sealed class DictionaryParserTests
{
    [Fact]
    public void Every_construct_of_the_format_is_read()
    {
        AttributeDictionary dictionary = AttributeDictionary.Parse("site", """
            # comment
            VENDOR        Example  32473  format=1,1
            ATTRIBUTE     Plain    0x20   string   # hexadecimal
            ATTRIBUTE     Octal    041    octets[8]  secret
            ATTRIBUTE     Tagged   64     integer  has_tag
            ATTRIBUTE     Salted   69     string   has_tag,encrypt=2
            VALUE         Tagged   Alpha  0x0a
            ATTRIBUTE     Chopped  79     octets   concat
            ATTRIBUTE     Old      7      string   Example
            ATTRIBUTE     Space    241    extended
            ATTRIBUTE     Tlv      241.2  tlv
            ATTRIBUTE     Evs      241.26 evs
            BEGIN-TLV     Tlv
            ATTRIBUTE     Child    1      integer64
            ATTRIBUTE     Nested   3      tlv
            BEGIN-TLV     Nested
            ATTRIBUTE     Deep     2      ether
            END-TLV       Nested
            END-TLV       Tlv
            BEGIN-VENDOR  Example
            ATTRIBUTE     Ours     255    ipv4prefix
            END-VENDOR    Example
            begin-vendor  Example  format=Evs
            ATTRIBUTE     Inner    4      text
            END-VENDOR    Example
            """);

        Assert.Equal("32", Oid(dictionary, "Plain"));
        Assert.Equal("33", Oid(dictionary, "Octal"));
        Assert.Equal("26.32473.7", Oid(dictionary, "Old"));
        Assert.Equal("241.2.1", Oid(dictionary, "Child"));
        Assert.Equal("241.2.3.2", Oid(dictionary, "Deep"));
        Assert.Equal("26.32473.255", Oid(dictionary, "Ours"));
        Assert.Equal("241.26.32473.4", Oid(dictionary, "Inner"));
        Assert.True(dictionary.TryGet("Tagged", out AttributeDefinition? tagged) && tagged.HasTag && tagged.TryGetValue("Alpha", out uint alpha) && alpha == 10);
        Assert.True(dictionary.TryGet("Salted", out AttributeDefinition? salted) && salted is { HasTag: true, Encryption: AttributeEncryption.Salted, IsSecret: true });
        Assert.True(dictionary.TryGet("Octal", out AttributeDefinition? octal) && octal is { FixedLength: 8, IsSecret: true });
        Assert.True(dictionary.TryGet("Chopped", out AttributeDefinition? chopped) && chopped.Type == RadiusDataType.Concat);
    }

    [Theory]
    [InlineData("ATTRIBUTES A 1 string", 1, "no keyword")]
    [InlineData("ATTRIBUTE A 1", 1, "takes 3 to 4 words")]
    [InlineData("\nATTRIBUTE A one string", 2, "'one'")]
    [InlineData("ATTRIBUTE A 09 string", 1, "'09'")]
    [InlineData("ATTRIBUTE A 0xg string", 1, "'0xg'")]
    [InlineData("ATTRIBUTE A 040000000000 string", 1, "'040000000000'")]
    [InlineData("ATTRIBUTE A 1 strung", 1, "'strung'")]
    [InlineData("ATTRIBUTE A 1 string has_tags", 1, "'has_tags'")]
    [InlineData("ATTRIBUTE A 241.256 string", 1, "241.256")]
    [InlineData("ATTRIBUTE A 1 string\n# here\nATTRIBUTE A 2 string", 3, "A is 1 already")]
    [InlineData("VALUE A x 1", 1, "no attribute A")]
    [InlineData("ATTRIBUTE A 1 integer\nVALUE A x 1\nVALUE A x 2", 3, "x is another value")]
    [InlineData("VENDOR V 1\nVENDOR V 2", 2, "vendor 1 already")]
    [InlineData("VENDOR V 1 format=4,0", 1, "format=4,0")]
    [InlineData("BEGIN-VENDOR V", 1, "no vendor V")]
    [InlineData("VENDOR V 1\nBEGIN-VENDOR V\nBEGIN-VENDOR V", 3, "V must be closed")]
    [InlineData("VENDOR V 1\nBEGIN-VENDOR V format=None", 2, "format=None")]
    [InlineData("VENDOR V 1\nBEGIN-VENDOR V\nEND-VENDOR W", 3, "W is not what is open")]
    [InlineData("END-TLV T", 1, "T is not what is open")]
    [InlineData("ATTRIBUTE A 1 string\nBEGIN-TLV A", 2, "not an attribute of type tlv")]
    [InlineData("VENDOR V 1\nBEGIN-VENDOR V\nATTRIBUTE A 256 string", 3, "26.1.256")]
    [InlineData("$INCLUDE other", 1, "other")]
    [InlineData("$INCLUDE site", 1, "includes itself")]
    public void Error_names_file_line_and_cause(string text, int line, string cause)
    {
        DictionaryFormatException error = Assert.Throws<DictionaryFormatException>(() => AttributeDictionary.Parse("site", text));

        Assert.StartsWith($"site:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(cause, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
        Assert.Equal("site", error.File);
    }

    [Fact]
    public void Vendor_that_is_not_closed_is_an_error()
    {
        DictionaryFormatException error = Assert.Throws<DictionaryFormatException>(() => AttributeDictionary.Parse("site", "VENDOR V 1\nBEGIN-VENDOR V"));

        Assert.Contains("V is not closed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_include_others_beside_them_and_errors_name_the_inner_file()
    {
        string folder = Directory.CreateTempSubdirectory("dictionary").FullName;
        try
        {
            string main = Path.Combine(folder, "main");
            File.WriteAllText(main, "$INCLUDE inner\n$INCLUDE- absent\nATTRIBUTE Second 2 string\n");
            File.WriteAllText(Path.Combine(folder, "inner"), "ATTRIBUTE First 1 string\n");

            AttributeDictionary dictionary = AttributeDictionary.Load(main);
            File.WriteAllText(Path.Combine(folder, "inner"), "\nnonsense\n");
            DictionaryFormatException error = Assert.Throws<DictionaryFormatException>(() => AttributeDictionary.Load(main));

            Assert.Equal("1", Oid(dictionary, "First"));
            Assert.Equal("2", Oid(dictionary, "Second"));
            Assert.Equal(Path.Combine(folder, "inner"), error.File);
            Assert.Equal(2, error.Line);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Dictionary_of_the_site_adds_to_the_default_and_does_not_change_it()
    {
        AttributeDictionary dictionary = AttributeDictionary.Parse("site", "VENDOR Example 32473\nBEGIN-VENDOR Example\nATTRIBUTE Example-Role 1 string\nEND-VENDOR Example\nVALUE Service-Type Ours 99\n", AttributeDictionary.Default);

        Assert.Equal("26.32473.1", Oid(dictionary, "Example-Role"));
        Assert.Equal("1", Oid(dictionary, "User-Name"));
        Assert.True(dictionary.TryGet("Service-Type", out AttributeDefinition? ours) && ours.TryGetValue("Ours", out _) && ours.TryGetValue("Framed-User", out _));
        Assert.False(AttributeDictionary.Default.TryGet("Example-Role", out _));
        Assert.True(AttributeDictionary.Default.TryGet("Service-Type", out AttributeDefinition? untouched) && !untouched.TryGetValue("Ours", out _));
    }

    private static string Oid(AttributeDictionary dictionary, string name)
    {
        Assert.True(dictionary.TryGet(name, out AttributeDefinition? definition), name);
        return definition.Oid;
    }
}
