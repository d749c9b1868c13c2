namespace NacGateway.Radius.Client;

/// <summary>One server's part in the exchange of a group.</summary>
/// <param name="client">The server's client.</param>
/// <param name="isTrial">Whether it is asked only to learn whether it answers again.</param>
/// <param name="startedAt">Timestamp.</param>
/// <param name="patience">How long it is waited for alone.</param>
internal sealed class GroupAttempt(RadiusClient client, bool isTrial, long startedAt, TimeSpan patience)
{
    public RadiusClient Client { get; } = client;

    public bool IsTrial { get; } = isTrial;

    public long StartedAt { get; } = startedAt;

    public TimeSpan Patience { get; set; } = patience;

    /// <summary>Completes when the network says that nobody is there.</summary>
    public TaskCompletionSource Refusal { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The outcome; null when it was cancelled.</summary>
    public Task<ExchangeResult?> Outcome { get; set; } = Task.FromResult<ExchangeResult?>(null);
}
