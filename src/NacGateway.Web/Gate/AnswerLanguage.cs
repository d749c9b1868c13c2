namespace NacGateway.Web.Gate;

/// <summary>The languages in which the gate's own answers exist; the first is the default.</summary>
internal enum AnswerLanguage
{
    En,
    De,
    Ar,
}
