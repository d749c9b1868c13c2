namespace NacGateway.Radius.Server;

/// <summary>What becomes of the reply to one request.</summary>
public interface IReplyRoute
{
    /// <summary>Plans what is sent in place of a reply; called once at most.</summary>
    /// <param name="reply">The signed reply.</param>
    /// <returns>What leaves, in this order; nothing for a reply that is lost.</returns>
    IReadOnlyList<Departure> Plan(ReadOnlyMemory<byte> reply);
}
