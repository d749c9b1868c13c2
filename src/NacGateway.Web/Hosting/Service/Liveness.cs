using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Web.Hosting.Service;

/// <summary>
/// Whether the gateway does its work, as far as a restart would help: the writer takes a write and comes back with its outcome, and the loop
/// that ends sessions goes on. A database that refuses is an outcome: with it the gateway is alive, and a restart would only close the gate.
/// </summary>
internal sealed class Liveness(GatewayWriter writer, IServiceProvider services, TimeProvider time)
{
    /// <summary>Asked for late: who asks about the services is one of them.</summary>
    private readonly Lazy<SessionSweeper[]> _sweepers = new(() => [.. services.GetServices<IHostedService>().OfType<SessionSweeper>()]);
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(50);

    /// <summary>What does not answer within the time; null when all is well. Called by one at a time.</summary>
    public async Task<string?> ProblemAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (_sweepers.Value.Any(sweeper => sweeper.ExecuteTask is { IsCompleted: true }))
        {
            return "the loop that ends sessions has ended";
        }

        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var again = new PeriodicTimer(s_again, time);
        try
        {
            // Busy: too many wait. Where some of them are served, there is room soon.
            while (await writer.WriteAsync((_, _) => Task.CompletedTask, either.Token).WaitAsync(either.Token) == WriteStatus.Busy)
            {
                await again.WaitForNextTickAsync(either.Token);
            }

            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "the database writer does not answer";
        }
    }
}
