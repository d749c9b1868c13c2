using Microsoft.Extensions.Logging;
using NacGateway.Core.Authentication;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Radius.Attributes;

namespace NacGateway.Core.Coa;

/// <summary>
/// Service-Type Authorize-Only in a CoA-Request (RFC 5176 section 3.2): the client does not name the changes, it has the server asked. The
/// answer is always a NAK, which says that the Access-Request is on its way.
/// </summary>
internal sealed partial class AuthorizeOnlyHandler(SessionMatcher matcher, Reauthentication reauthentication, CoaLedger ledger, TimeProvider time, ILogger<AuthorizeOnlyHandler> log) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public async Task<CoaAnswer> HandleAsync(CoaRequest request, CancellationToken cancellationToken)
    {
        if (matcher.Find(request.Packet.Attributes, out var meant) is { } refusal)
        {
            return CoaAnswer.Nak(request, refusal);
        }

        if (meant.Count > 1)
        {
            // A State is about one authorization.
            return CoaAnswer.Nak(request, new CoaRefusal(ErrorCause.MultipleSessionSelectionUnsupported, "Authorize-Only is for one session"));
        }

        var session = meant[0];
        var now = time.GetUtcNow();
        var answer = CoaAnswer.Nak(request, new CoaRefusal(ErrorCause.RequestInitiated, $"{session.ServerName} is asked about {Words.Of(meant)}"));
        answer.Add(RadiusAttributeType.ServiceType, (uint)ServiceType.AuthorizeOnly);
        if (!await ledger.RecordAsync([request.Event(session, now, SessionEventKind.Reauthenticated, $"asked for by Authorize-Only; {session.ServerName} is asked")], answer.ToRow(request, now), cancellationToken).ConfigureAwait(false))
        {
            throw new StorageUnavailableException();
        }

        // Not waited for: the client may be the server that is asked, and want its answer first.
        _ = Task.Run(() => AskAsync(request, session, _stopping.Token), CancellationToken.None);
        return answer;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task AskAsync(CoaRequest request, ActiveSession session, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await reauthentication.RunAsync(session, request.Packet.State!.Value, request.By, cancellationToken).ConfigureAwait(false);
            if (outcome == ReauthenticationOutcome.Unanswered)
            {
                await ledger.RecordAsync([request.Event(session, time.GetUtcNow(), SessionEventKind.Reauthenticated, $"{session.ServerName} gave no answer; nothing was changed")], reply: null, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops; the session is as it was.
        }
        catch (Exception exception)
        {
            Log.Failed(log, session.AcctSessionId, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5020, LogLevel.Error, "Authorizing session {AcctSessionId} again, as a client wanted, failed; it is as it was")]
        public static partial void Failed(ILogger logger, string acctSessionId, Exception exception);
    }
}
