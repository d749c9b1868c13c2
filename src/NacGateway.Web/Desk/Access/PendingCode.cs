using System.Net;

namespace NacGateway.Web.Desk.Access;

/// <summary>A local account whose password was right, and whose code is awaited.</summary>
/// <param name="AccountId">Which.</param>
/// <param name="Name">Its name.</param>
/// <param name="Source">The only address that may answer.</param>
/// <param name="TriesLeft">Wrong codes that are borne.</param>
/// <param name="AskedAt">Monotonic timestamp.</param>
internal sealed record PendingCode(long AccountId, string Name, IPAddress Source, int TriesLeft, long AskedAt);
