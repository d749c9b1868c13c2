using System.Globalization;
using NacGateway.Aaa.Accounting;

namespace NacGateway.Harness.Serving;

/// <summary>One accounting record.</summary>
internal sealed record AccountedLine(string Event, string Source, string Status, string SessionId, string UserName, bool Repeated, ulong? InputOctets, ulong? OutputOctets, uint? SessionTime, string? Fault)
{
    public static AccountedLine Of(AccountingEvent booked) => new(
        "accounted",
        booked.Source.ToString(),
        NameOf(booked.Status),
        booked.SessionId,
        booked.UserName,
        booked.IsRepeated,
        booked.Session?.InputOctets,
        booked.Session?.OutputOctets,
        booked.Session?.SessionTime,
        booked.Fault);

    public override string ToString()
    {
        var counted = InputOctets is null || Status == "Start" ? "" : string.Create(CultureInfo.InvariantCulture, $", in {InputOctets}, out {OutputOctets} octets, {SessionTime} s");
        return $"{Status} of {AnswerLine.Quoted(SessionId)} for {AnswerLine.Quoted(UserName)} from {Source}{counted}{(Repeated ? ", repeated" : "")}{(Fault is null ? "" : "; not in order: " + Fault)}";
    }

    private static string NameOf(AccountingStatus status) => status switch
    {
        AccountingStatus.Interim => "Interim-Update",
        AccountingStatus.On => "Accounting-On",
        AccountingStatus.Off => "Accounting-Off",
        _ => status.ToString(),
    };
}
