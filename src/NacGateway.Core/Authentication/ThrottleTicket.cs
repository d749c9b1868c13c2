namespace NacGateway.Core.Authentication;

/// <summary>The leave to make one try; given back with its verdict.</summary>
/// <param name="UserKey">Key of the user.</param>
/// <param name="ClientKey">Key of the client.</param>
internal sealed record ThrottleTicket(string UserKey, string ClientKey);
