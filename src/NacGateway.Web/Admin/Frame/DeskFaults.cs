using System.Data.Common;
using System.Text.Json;
using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;

namespace NacGateway.Web.Admin.Frame;

/// <summary>Turns what went wrong behind a route into an answer with a reference.</summary>
internal sealed partial class DeskFaults(DeskRefusals refusals, ILogger<DeskFaults> log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read an answer.
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await refusals.RefuseAsync(context, exception.StatusCode, new Refusal("The request cannot be read", Reason(exception)));
        }
        catch (InvalidDataException exception) when (!context.Response.HasStarted && context.Request.HasFormContentType)
        {
            // NUL in a form, or too many fields: anybody can send it, and it is no fault of ours.
            await refusals.RefuseAsync(context, StatusCodes.Status400BadRequest, new Refusal("The request cannot be read", exception.Message));
        }
        catch (StorageUnavailableException exception) when (!context.Response.HasStarted)
        {
            var reference = ReferenceCode.Next();
            Log.StorageUnavailable(log, reference, context.Request.Path, exception.Message);
            await refusals.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, new Refusal("The database does not answer", "Nothing was changed. See the log, and Storage:ConnectionString.", reference));
        }
        catch (Exception exception) when (!context.Response.HasStarted && (exception is DbException || exception.InnerException is DbException))
        {
            var reference = ReferenceCode.Next();
            Log.Unread(log, exception, reference, context.Request.Path);
            await refusals.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, new Refusal("The database does not answer", "Who is signed in stays signed in; only the desk cannot read. See the log, and Storage:ConnectionString.", reference));
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var reference = ReferenceCode.Next();
            Log.Fault(log, exception, reference, context.Request.Path);
            await refusals.RefuseAsync(context, StatusCodes.Status500InternalServerError, new Refusal("This page could not be made", "The log has the reason under the reference.", reference));
        }
    }

    /// <summary>With the place in the JSON, where it is that.</summary>
    private static string Reason(BadHttpRequestException exception) =>
        exception.InnerException is JsonException { Message: var where } ? $"{exception.Message} {where}" : exception.Message;

    private static partial class Log
    {
        [LoggerMessage(8300, LogLevel.Error, "{Reference}: {Path} could not be answered")]
        public static partial void Fault(ILogger logger, Exception exception, string reference, string path);

        [LoggerMessage(8302, LogLevel.Error, "{Reference}: {Path} could not be answered, because the database could not be read")]
        public static partial void Unread(ILogger logger, Exception exception, string reference, string path);

        [LoggerMessage(8301, LogLevel.Error, "{Reference}: {Path} could not be answered, because the database does not take it: {Reason}")]
        public static partial void StorageUnavailable(ILogger logger, string reference, string path, string reason);
    }
}
