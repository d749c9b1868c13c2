namespace NacGateway.Harness.Input;

/// <summary>Somebody who signs in.</summary>
/// <param name="Name">User-Name in UTF-8.</param>
/// <param name="Password">Password in UTF-8.</param>
internal sealed record HarnessUser(byte[] Name, byte[] Password)
{
    /// <summary>Name only: the password is nobody's business.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Name);
}
