using NacGateway.Core.Administration;

namespace NacGateway.Web.Admin.Access;

/// <summary>The API keys.</summary>
public sealed record KeysModel
{
    /// <summary>The keys, the newest first.</summary>
    public required IReadOnlyList<ApiKey> Keys { get; init; }

    /// <summary>What was wrong with a wanted key; null for nothing.</summary>
    public (string Field, string Text)? Problem { get; init; }

    /// <summary>Name as typed.</summary>
    public string Name { get; init; } = "";

    /// <summary>A key that is shown once, with its name; null for none.</summary>
    public (string Name, string Text)? Made { get; init; }
}
