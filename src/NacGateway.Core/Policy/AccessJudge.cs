using NacGateway.Radius.Packets;

namespace NacGateway.Core.Policy;

/// <summary>The whole way from an Access-Accept to a decision: what the sign-in runs, and what shows an administrator what it would do.</summary>
public static class AccessJudge
{
    /// <summary>Maps the Accept and asks the rules.</summary>
    /// <param name="accept">The Accept.</param>
    /// <param name="client">Who asks, from where and when.</param>
    /// <param name="context">Local limits and rules.</param>
    /// <param name="authorization">What the Accept grants by itself; null when it must count as a Reject.</param>
    public static AccessDecision Judge(RadiusPacket accept, AccessQuery client, LimitContext context, out Authorization? authorization)
    {
        ArgumentNullException.ThrowIfNull(accept);
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(context);
        if (context.RejectsUnknownAttributes && UnknownAttributes.Find(accept) is { } unknown)
        {
            authorization = null;
            return Unusable(unknown, context.Policy);
        }

        return AuthorizationMapper.TryMap(accept, context, out authorization, out var problem)
            ? context.Policy.Decide(client with { Zone = context.Zone, Local = context.Local, LocalDevices = context.LocalDevices, Reply = accept.Attributes, Authorization = authorization })
            : Unusable(problem, context.Policy);
    }

    /// <summary>How each rule fares with an Accept: what <see cref="Judge"/> goes through.</summary>
    /// <param name="accept">The Accept; null where no server answered.</param>
    /// <param name="client">Who asks, from where and when.</param>
    /// <param name="context">Local limits and rules.</param>
    public static IReadOnlyList<RuleStep> Trace(RadiusPacket? accept, AccessQuery client, LimitContext context)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(context);
        return context.Policy.Trace(client with { Zone = context.Zone, Reply = accept?.Attributes });
    }

    /// <summary>The decision about an Accept that must count as a Reject.</summary>
    /// <param name="problem">Why, as part of a sentence.</param>
    /// <param name="policy">The rules, which were not asked.</param>
    public static AccessDecision Unusable(string problem, AccessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new AccessDecision
        {
            IsGranted = false,
            PolicyVersion = policy.Version,
            Problem = problem,
            Words = UnusableWords.Say(problem) + UnusableWords.NoRule,
        };
    }
}
