namespace NacGateway.Core.Policy.Conditions;

/// <summary>The client's IP address lies in one of the ranges.</summary>
internal sealed class AddressCondition(IReadOnlyList<(NetworkPrefix Prefix, string Text)> ranges) : ICondition
{
    public string Words => $"the client's address is in {TextPattern.Choice(ranges.Select(range => range.Text))}";

    public string? Miss(AccessQuery query) => ranges.Any(range => range.Prefix.Contains(query.ClientAddress))
        ? null
        : $"the client's address {query.ClientAddress} is not in {TextPattern.Words(ranges.Select(range => range.Text), ranges.Count)}";
}
