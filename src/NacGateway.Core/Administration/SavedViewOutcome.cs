namespace NacGateway.Core.Administration;

/// <summary>What came of an act on a saved view.</summary>
public enum SavedViewOutcome
{
    None = 0,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>There is none, or it is not as it was seen.</summary>
    NotFound,

    /// <summary>The owner has another one of this page and name.</summary>
    NameTaken,

    /// <summary>The owner has as many as there may be.</summary>
    TooMany,

    /// <summary>As many are shared as may be.</summary>
    TooManyShared,
}
