namespace NacGateway.Core.Policy.Conditions;

/// <summary>One condition of a rule; a pure function of the query. A list in it means any of its entries.</summary>
internal interface ICondition
{
    /// <summary>Whether it looks at the server's answer.</summary>
    bool NeedsReply => false;

    /// <summary>What it asks for, as part of a sentence; values of the rules stand in it, none that a server sent.</summary>
    string Words { get; }

    /// <summary>Null when it holds; else why not, as part of a sentence without values that the server sent.</summary>
    string? Miss(AccessQuery query);
}
