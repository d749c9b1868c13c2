namespace NacGateway.Web.Gate;

/// <summary>The forms in which the gate's own answers exist.</summary>
internal enum AnswerFormat
{
    Html,
    Json,
    Text,
}
