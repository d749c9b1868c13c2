namespace NacGateway.TestKit;

/// <summary>PEM files of a server that speaks RadSec.</summary>
/// <param name="Certificate">Its certificate.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Authority">The authority whose clients it believes.</param>
public sealed record FreeRadiusTls(string Certificate, string Key, string Authority);
