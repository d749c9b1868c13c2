using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>A secret that somebody may take as his second factor: it counts once a code has shown that his authenticator has it.</summary>
/// <param name="Sealed">What the form of the code carries: the secret, sealed for one sign-in.</param>
/// <param name="Name">Whose.</param>
/// <param name="Secret">The secret.</param>
internal sealed record SecondFactorOffer(string Sealed, string Name, byte[] Secret)
{
    /// <summary>As it is typed into an authenticator.</summary>
    public string Key => TimeCode.Words(Secret);

    /// <summary>As an authenticator on the same device takes it.</summary>
    public string Link => TimeCode.Link(Name, Secret);

    /// <summary>The secret stays out of logs.</summary>
    public override string ToString() => $"{nameof(SecondFactorOffer)} for {Name}";
}
