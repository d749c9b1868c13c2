namespace NacGateway.Web.Admin.Kit;

/// <summary>A piece of foreign text.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="IsName">Whether it is the name of a character that cannot be shown as it is.</param>
internal readonly record struct ForeignPart(string Text, bool IsName);
