using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Accounting;

/// <summary>Takes Accounting-Requests: stores, books, and only then answers (RFC 2866 section 2).</summary>
internal sealed partial class AccountingDesk(AaaServerSettings settings, AccountingBook book, TimeProvider time, ILogger? logger)
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;

    /// <summary>The answer, or null for silence: to what is no record, and to what could not be stored, so that it comes again.</summary>
    public RadiusPacket? Answer(RadiusRequestContext context)
    {
        var reply = context.CreateReply(RadiusCode.AccountingResponse);
        if (AccountingRecord.Of(context) is not { } record || !Replies.Fits(reply, context.Request))
        {
            return null;
        }

        try
        {
            Action? store = settings.AccountingFile is { } file ? () => file.Append(context, time.GetUtcNow()) : null;
            var (session, isRepeated, fault) = book.Post(record, store);
            settings.OnAccounting?.Invoke(new AccountingEvent(context.Source, context.Request, record.Status, record.SessionId, record.UserName, isRepeated, session, fault));
            return reply;
        }
        catch (IOException exception)
        {
            Log.NotStored(_logger, context.Nas, exception.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1150, LogLevel.Error, "An accounting record of {Nas} is not answered, because it could not be stored: {Problem}")]
        public static partial void NotStored(ILogger logger, NasEntry nas, string problem);
    }
}
