namespace NacGateway.Core.Policy.Reading;

/// <summary>One line of the difference between two texts.</summary>
/// <param name="Kind">Whether it is in both.</param>
/// <param name="Old">Its number in the old text, from 1; null where it is not in it.</param>
/// <param name="New">Its number in the new text, from 1; null where it is not in it.</param>
/// <param name="Text">The line.</param>
public sealed record LineChange(LineChangeKind Kind, int? Old, int? New, string Text);
