namespace NacGateway.Web.Admin;

/// <summary>One thing without which nobody can be signed in.</summary>
/// <param name="Name">Short name, stable for monitoring.</param>
/// <param name="IsReady">Whether it is there.</param>
/// <param name="Detail">What is missing, in words for the administrator; no secrets, no addresses of clients.</param>
/// <param name="IsDegraded">Whether it is there but needs somebody to look at it; people can sign in all the same.</param>
internal sealed record ReadinessCheck(string Name, bool IsReady, string Detail, bool IsDegraded = false);
