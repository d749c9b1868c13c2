namespace NacGateway.Web.Admin.Frame;

/// <summary>What came of an action that was sent without script.</summary>
/// <param name="Message">In a sentence.</param>
/// <param name="Undo">Where a form takes it back; null for an act that stays.</param>
public sealed record DeskResult(string Message, string? Undo = null);
