namespace NacGateway.Core.Policy;

/// <summary>Why attributes cannot become limits.</summary>
/// <param name="IsUnsupported">True: this gateway cannot give what the attribute asks for. False: its value is wrong.</param>
/// <param name="Words">For the log, with the attribute's name; as part of a sentence.</param>
public sealed record LimitProblem(bool IsUnsupported, string Words)
{
    internal static LimitProblem Unsupported(string words) => new(true, words);

    internal static LimitProblem Invalid(string words) => new(false, words);
}
