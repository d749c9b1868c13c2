namespace NacGateway.Web.Gate.Forwarding;

/// <summary>A session's octets are used up in the middle of a transfer. An exception, because a stream has no other way to say it.</summary>
internal sealed class QuotaUsedUpException() : IOException("The octets of the session are used up.");
