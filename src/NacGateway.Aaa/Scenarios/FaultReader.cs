using NacGateway.Aaa.Scenarios.Faults;

namespace NacGateway.Aaa.Scenarios;

/// <summary>Makes a fault of what a scenario file says of it.</summary>
internal static class FaultReader
{
    public const string Unwritable = "unwritable";

    /// <summary>The greatest time that a reply waits: longer than any client does.</summary>
    private const int MostMilliseconds = 120_000;

    /// <summary>The greatest datagram that UDP over IPv4 carries.</summary>
    private const int MostOctets = 65_507;

    private const int MostPacket = 4096;
    private const double MostSeconds = 3600;

    /// <exception cref="ScenarioException">It is no fault.</exception>
    public static IFault Read(ScenarioObject item)
    {
        var name = item.Text("fault") ?? throw item.Error("fault", "the name of a fault is expected");
        IFault fault = name switch
        {
            "loss" => new LossFault(name, item.Word("of", "reply", "request") == "request"),
            Unwritable => new LossFault(name, OfRequest: true),
            "delay" => new DelayFault(Delay(item)),
            "duplicate" => new DuplicateFault(item.Whole("copies", 1, 1000) ?? 1, item.Whole("gapMs", 0, MostMilliseconds / 1000) ?? 0),
            "reorder" => new ReorderFault(),
            "wrong-authenticator" => new WrongAuthenticatorFault(),
            "missing-message-authenticator" => new MessageAuthenticatorFault(IsMissing: true),
            "wrong-message-authenticator" => new MessageAuthenticatorFault(IsMissing: false),
            "wrong-identifier" => new WrongIdentifierFault(),
            "wrong-source-port" => new OtherPortFault(),
            "truncated" => new TruncateFault(item.Whole("octets", 1, MostPacket)),
            "oversized" => new OversizeFault(item.Whole("octets", MostPacket + 1, MostOctets) ?? 5000, IsPadding: false),
            "padding" => new OversizeFault(item.Whole("octets", 1, MostPacket) ?? 16, IsPadding: true),
            "garbage" => new GarbageFault(name, item.Whole("octets", 1, MostPacket), item.Whole("count", 1, 1000) ?? 1, item.Flag("keepReply"), IsForged: false),
            "forgery" => new GarbageFault(name, null, item.Whole("count", 1, 1000) ?? 1, item.Flag("keepReply"), IsForged: true),
            "blastradius" => new BlastRadiusFault(item.Word("messageAuthenticator", "none", "wrong") == "wrong"),
            "crash" => new CrashFault(TimeSpan.FromSeconds(item.Number("seconds", 0, MostSeconds) ?? 5)),
            "slow-start" => SlowStart(item),
            "cut" => new CutFault(),
            _ => throw item.Error("fault", "there is no such fault. Known are loss, unwritable, delay, duplicate, reorder, wrong-authenticator, missing-message-authenticator, "
                + "wrong-message-authenticator, wrong-identifier, wrong-source-port, truncated, oversized, padding, garbage, forgery, blastradius, crash, slow-start, cut"),
        };
        item.End();
        return fault;
    }

    private static SlowStartFault SlowStart(ScenarioObject item)
    {
        var within = TimeSpan.FromSeconds(item.Number("seconds", 0, MostSeconds) ?? 5);
        return new SlowStartFault(within, item.Whole("delayMs", 1, MostMilliseconds) is { } delay ? TimeSpan.FromMilliseconds(delay) : null);
    }

    private static Distribution Delay(ScenarioObject item)
    {
        var kind = item.Word("distribution", "fixed", "uniform", "normal", "lognormal");
        switch (kind)
        {
            case "fixed":
                var time = Required(item, "ms");
                return new Distribution(DistributionKind.Fixed, time, 0, time, time);
            case "uniform":
                var (least, most) = (Required(item, "leastMs"), Required(item, "mostMs"));
                return least <= most ? new Distribution(DistributionKind.Uniform, 0, 0, least, most) : throw item.Error("mostMs", "it is below leastMs");
            case "normal":
                return new Distribution(DistributionKind.Normal, Required(item, "meanMs"), Required(item, "deviationMs"), 0, item.Whole("mostMs", 0, MostMilliseconds) ?? MostMilliseconds);
            default:
                var sigma = item.Number("sigma", 0, 5) ?? throw item.Error("sigma", "the standard deviation of the logarithm is expected, such as 0.5");
                return new Distribution(DistributionKind.LogNormal, Required(item, "medianMs"), sigma, 0, item.Whole("mostMs", 0, MostMilliseconds) ?? MostMilliseconds);
        }
    }

    private static int Required(ScenarioObject item, string name) =>
        item.Whole(name, 0, MostMilliseconds) ?? throw item.Error(name, "a number of milliseconds is expected");
}
