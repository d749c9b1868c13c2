namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>An answer as it came: the head octet for octet, the body without its chunks.</summary>
internal sealed record RawResponse(int Status, string Head, string Body)
{
    /// <summary>The value of a field; null when the head has none of that name.</summary>
    public string? this[string name] => Field(Head, name);

    public static string? Field(string head, string name)
    {
        foreach (var line in head.Split("\r\n").Skip(1))
        {
            if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            {
                return line[(name.Length + 1)..].Trim();
            }
        }

        return null;
    }
}
