namespace NacGateway.Web.Admin.Access;

/// <summary>What follows from acts that are asked for twice: the dialogs and the pages of the question say the same.</summary>
internal static class AccessWords
{
    public const string Close = "Who is signed in by it is signed out, and nobody signs in by it again. It stays in the list, and can be opened by adding its name.";
    public const string SignOut = "The next page that this browser asks for is the sign-in. Whoever knows the password can sign in again.";
    public const string Revoke = "Programs that send this key are refused from now on. It cannot be taken back; a new key can be made.";
}
