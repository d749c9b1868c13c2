using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Benchmarks.Radius;

/// <summary>
/// What no portal that accounts can do without: a form over HTTP, one Access-Request, and the session's row and that of its Start on the
/// disk before the answer. No pages, no policy, no throttle, no records of decisions; commits are shared as ours are. It is the ceiling
/// that the portal is held to.
/// </summary>
internal sealed class BareSignIn : IAsyncDisposable
{
    private const int MostRows = 256;
    private readonly System.Threading.Channels.Channel<(string User, string Client, TaskCompletionSource Stored)> _rows =
        System.Threading.Channels.Channel.CreateBounded<(string User, string Client, TaskCompletionSource Stored)>(4096);

    private readonly RadiusClient _radius;
    private readonly SqliteConnection _database;
    private readonly Task _writing;

    private BareSignIn(int radiusPort, string databaseFile)
    {
        _radius = new RadiusClient(
            new RadiusServerSettings { Name = "bench", EndPoint = new IPEndPoint(IPAddress.Loopback, radiusPort), Secret = Encoding.UTF8.GetBytes(RadiusUsers.Secret) }, TimeProvider.System);
        _database = new SqliteConnection($"Data Source={databaseFile}");
        _database.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE sessions (id TEXT PRIMARY KEY, user TEXT NOT NULL, client TEXT NOT NULL, opened INTEGER NOT NULL); CREATE TABLE outbox (number INTEGER PRIMARY KEY, session TEXT NOT NULL, packet BLOB NOT NULL);");
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>The peer's role: a page with a form for GET, a sign-in for POST.</summary>
    public static Action<WebApplication> Role(string[] arguments)
    {
        var bare = new BareSignIn(int.Parse(arguments[0], CultureInfo.InvariantCulture), arguments[1]);
        return app => app.Run(bare.AnswerAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _rows.Writer.Complete();
        await _writing;
        await _radius.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<form><input name=\"token\" value=\"none\"></form>");
            return;
        }

        var form = await context.Request.ReadFormAsync();
        var (user, password) = (form["username"].ToString(), form["password"].ToString());
        var result = await _radius.ExchangeAsync(
            RadiusCode.AccessRequest,
            (request, server) =>
            {
                request.AddMessageAuthenticator();
                request.UserName = user;
                request.AddUserPassword(Encoding.UTF8.GetBytes(password), server.Secret.Span);
                request.NasIdentifier = "bench";
            },
            TimeSpan.FromSeconds(10),
            context.RequestAborted);
        if (result.Reply?.Code != RadiusCode.AccessAccept)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _rows.Writer.WriteAsync((user, context.Connection.RemoteIpAddress!.ToString(), stored));
        await stored.Task;
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/portal/status";
    }

    private async Task WriteAsync()
    {
        var batch = new List<TaskCompletionSource>();
        while (await _rows.Reader.WaitToReadAsync())
        {
            using (var transaction = _database.BeginTransaction())
            {
                using var insert = _database.CreateCommand();
                insert.Transaction = transaction;
                insert.CommandText = "INSERT INTO sessions VALUES ($id, $user, $client, $opened); INSERT INTO outbox (session, packet) VALUES ($id, $start)";
                var id = insert.Parameters.Add("$id", SqliteType.Text);
                var user = insert.Parameters.Add("$user", SqliteType.Text);
                var client = insert.Parameters.Add("$client", SqliteType.Text);
                var opened = insert.Parameters.Add("$opened", SqliteType.Integer);
                var start = insert.Parameters.Add("$start", SqliteType.Blob);
                while (batch.Count < MostRows && _rows.Reader.TryRead(out var row))
                {
                    (id.Value, user.Value, client.Value, opened.Value) = (Guid.NewGuid().ToString("N"), row.User, row.Client, TimeProvider.System.GetUtcNow().Ticks);
                    start.Value = Encoding.UTF8.GetBytes($"Start {id.Value} {row.User} {row.Client}");
                    insert.ExecuteNonQuery();
                    batch.Add(row.Stored);
                }

                transaction.Commit();
            }

            batch.ForEach(stored => stored.TrySetResult());
            batch.Clear();
        }
    }

    private void Execute(string sql)
    {
        using var command = _database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
