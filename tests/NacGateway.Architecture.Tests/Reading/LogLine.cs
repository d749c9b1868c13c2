namespace NacGateway.Architecture.Tests.Reading;

/// <summary>A line that a program may write into its log.</summary>
/// <param name="Id">Its event id.</param>
/// <param name="Method">Namespace, types and method that write it.</param>
/// <param name="Words">The template of its text.</param>
internal sealed record LogLine(int Id, string Method, string Words)
{
    /// <summary>The name that goes with the id into structured logs: the method's.</summary>
    public string Name => Method[(Method.LastIndexOf('.') + 1)..];
}
