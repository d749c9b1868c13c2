namespace NacGateway.Core.Coa;

/// <summary>
/// What one client may send: so many new requests a second and, beside them, a tenth as many of those it has sent before. Whoever sends
/// recorded ones again uses up nothing that the client needs. Safe for concurrent use.
/// </summary>
internal sealed class ClientRate(CoaOptions options, TimeProvider time)
{
    private const int NewForOneRepeated = 10;

    private readonly RequestRate _new = new(options.RequestsPerSecond, time);
    private readonly RequestRate _repeated = new(Math.Max(1, options.RequestsPerSecond / NewForOneRepeated), time);

    /// <summary>For at least as long as an answer is kept: the window, after an Event-Timestamp that is ahead by another, and a second.</summary>
    private readonly SeenRequests _seen = new((2 * options.TimestampWindow) + TimeSpan.FromSeconds(1), time);

    public bool TryTake(CoaRequest request)
    {
        if (_seen.Contains(request.Digest))
        {
            return _repeated.TryTake();
        }

        // What is dropped here has not been seen: the client sends it again, and then it is new.
        if (!_new.TryTake())
        {
            return false;
        }

        _seen.Add(request.Digest);
        return true;
    }
}
