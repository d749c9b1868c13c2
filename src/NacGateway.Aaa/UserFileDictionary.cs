using NacGateway.Radius.Dictionary;

namespace NacGateway.Aaa;

/// <summary>The names that users files may use: those of the packets, and words for the server alone, whose numbers fit no packet.</summary>
internal static class UserFileDictionary
{
    public const string Password = "Cleartext-Password";
    public const string AuthType = "Auth-Type";
    public const string FallThrough = "Fall-Through";
    public const string OneTimeCode = "One-Time-Code";
    public const string Question = "Challenge-Question";
    public const string PasswordExpired = "Password-Expired";

    private const string Words = """
        ATTRIBUTE  Fall-Through        1001  integer
        VALUE      Fall-Through        No    0
        VALUE      Fall-Through        Yes   1
        ATTRIBUTE  One-Time-Code       1101  string  secret
        ATTRIBUTE  Challenge-Question  1102  string
        ATTRIBUTE  Password-Expired    1103  integer
        VALUE      Password-Expired    No    0
        VALUE      Password-Expired    Yes   1
        """;

    public static AttributeDictionary Names { get; } = AttributeDictionary.Parse("dictionary.users", Words, AttributeDictionary.Default);
}
