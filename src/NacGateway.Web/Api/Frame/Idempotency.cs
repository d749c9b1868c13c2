using System.Security.Cryptography;
using System.Text;
using NacGateway.Core.Administration;
using NacGateway.Core.Storage;
using NacGateway.Web.Desk;

namespace NacGateway.Web.Api.Frame;

/// <summary>
/// Does a write under an Idempotency-Key once: the same request again gets the kept answer, marked by Idempotency-Replayed; another
/// one under the same key is refused. Each who asks has keys of his own.
/// </summary>
internal sealed partial class Idempotency(IdempotentReplies replies, ILogger<Idempotency> log)
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";

    /// <summary>Longest key: that of the framework's clients is a UUID.</summary>
    public const int LongestKey = 255;

    /// <summary>Longest answer that is kept.</summary>
    public const int LongestBody = 16 * 1024;

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    /// <summary>Of this process alone: whoever reads the database cannot try out passwords. After a restart, or at another gateway, such a request under the same key is refused.</summary>
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var given = context.Request.Headers[Header];
        if (given.Count == 0 || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        if (given is not [{ Length: > 0 and <= LongestKey } key] || key.Any(c => c is < '!' or > '~'))
        {
            await ApiProblem.Unreadable($"{Header} is one value of 1 to {LongestKey} visible ASCII characters, such as a UUID.").ExecuteAsync(context);
            return;
        }

        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{context.DeskUser().Name}\n{key}"));
        var request = await DigestAsync(context);
        if (await replies.BeginAsync(name, request, context.RequestAborted) is { } known)
        {
            await AnswerAsync(context, known, request);
            return;
        }

        await DoAsync(context, next, name, request);
    }

    /// <summary>SHA-256 of all that makes the request what it is; keyed where there is a secret in it. The body stays readable.</summary>
    private async Task<byte[]> DigestAsync(HttpContext context)
    {
        var request = context.Request;

        // As large as a body may be at all, so nothing of it goes to a file.
        request.EnableBuffering(bufferThreshold: 1024 * 1024);
        using var hash = context.GetEndpoint()?.Metadata.GetMetadata<SecretRequest>() is null ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}{request.QueryString}\n{request.ContentType}\n{request.Headers.IfMatch}\n"));
        var buffer = new byte[4096];
        for (int read; (read = await request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            hash.AppendData(buffer.AsSpan(0, read));
        }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    private static async Task AnswerAsync(HttpContext context, IdempotentReply known, byte[] request)
    {
        if (!CryptographicOperations.FixedTimeEquals(known.Request, request))
        {
            await new ApiProblem(ProblemKind.KeyReused, "Nothing was done.").ExecuteAsync(context);
            return;
        }

        if (known.Status == 0)
        {
            await new ApiProblem(ProblemKind.UnderWay, $"It began at {InstantConverter.Text(known.At)}. If the gateway was stopped since, look at what became of it and use a new key.") { RetryAfter = s_again }.ExecuteAsync(context);
            return;
        }

        var response = context.Response;
        response.Headers[Replayed] = "true";
        if (known.Location is not null)
        {
            response.Headers.Location = known.Location;
        }

        if (known.Body is null)
        {
            await new ApiProblem(ProblemKind.AnswerNotKept, $"It was answered by {known.Status} at {InstantConverter.Text(known.At)}.").ExecuteAsync(context);
            return;
        }

        response.StatusCode = known.Status;
        if (known.Body.Length > 0)
        {
            response.ContentType = known.ContentType;
            response.ContentLength = known.Body.Length;
            await response.Body.WriteAsync(known.Body, context.RequestAborted);
        }
    }

    private async Task DoAsync(HttpContext context, RequestDelegate next, byte[] name, byte[] request)
    {
        // Whoever hangs up may ask again under this key: what has begun comes to its end, and to an answer.
        context.RequestAborted = CancellationToken.None;
        var client = context.Response.Body;
        var recorder = new AnswerRecorder(client, LongestBody);
        context.Response.Body = recorder;
        var done = false;
        try
        {
            await next(context);
            if (context.Response.ContentType is not null)
            {
                await context.Response.BodyWriter.FlushAsync(CancellationToken.None);
            }

            done = context.Response.StatusCode < StatusCodes.Status500InternalServerError;
        }
        finally
        {
            context.Response.Body = client;
            await KeepAsync(context, done, new IdempotentReply
            {
                Key = name,
                Request = request,
                Status = context.Response.StatusCode,
                ContentType = context.Response.ContentType,
                Location = context.Response.Headers.Location is [{ Length: > 0 and <= 512 } location] ? location : null,
                Body = context.GetEndpoint()?.Metadata.GetMetadata<SecretAnswer>() is not null && context.Response.StatusCode < 300 ? null : recorder.Recorded,
                At = default,
            });
        }
    }

    /// <summary>After the deed: where the database does not take the answer, the program still gets it.</summary>
    private async Task KeepAsync(HttpContext context, bool done, IdempotentReply reply)
    {
        try
        {
            await (done ? replies.FinishAsync(reply) : replies.ForgetAsync(reply.Key));
        }
        catch (StorageUnavailableException exception)
        {
            Log.NotKept(log, context.Request.Path, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8200, LogLevel.Warning, "The answer to {Path} cannot be kept for a repeated Idempotency-Key: {Reason}")]
        public static partial void NotKept(ILogger logger, string path, string reason);
    }
}
