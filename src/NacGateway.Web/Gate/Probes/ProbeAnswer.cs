namespace NacGateway.Web.Gate.Probes;

/// <summary>What a probe gets before sign-in.</summary>
internal enum ProbeAnswer
{
    /// <summary>511, which the client understands.</summary>
    SignIn = 0,

    /// <summary>302 to the portal.</summary>
    Redirect,
}
