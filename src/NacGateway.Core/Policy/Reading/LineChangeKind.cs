namespace NacGateway.Core.Policy.Reading;

/// <summary>What became of a line.</summary>
public enum LineChangeKind
{
    /// <summary>It is in both texts.</summary>
    Same,

    /// <summary>It is in the old text only.</summary>
    Removed,

    /// <summary>It is in the new text only.</summary>
    Added,

    /// <summary>In place of lines that are in both and far from any change; <see cref="LineChange.Text"/> says how many.</summary>
    Gap,
}
