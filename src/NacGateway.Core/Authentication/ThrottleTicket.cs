namespace NacGateway.Core.Authentication;

/// <summary>The leave to make one try; given back with its verdict.</summary>
/// <param name="UserKey">Key of the user.</param>
/// <param name="ClientKey">Key of the client.</param>
/// <param name="PassesUser">Whether it was given although the user has to wait; then it says nothing about the user's count either.</param>
internal sealed record ThrottleTicket(string UserKey, string ClientKey, bool PassesUser = false);
