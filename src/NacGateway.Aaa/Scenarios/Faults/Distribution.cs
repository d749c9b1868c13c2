namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>A time that is drawn, in whole milliseconds and never outside its bounds, so that a run ends.</summary>
/// <param name="Kind">Its shape.</param>
/// <param name="Middle">Mean of fixed and normal, median of lognormal, in milliseconds.</param>
/// <param name="Spread">Standard deviation of normal in milliseconds; of lognormal that of the logarithm.</param>
/// <param name="Least">Lower bound in milliseconds.</param>
/// <param name="Most">Upper bound in milliseconds.</param>
internal sealed record Distribution(DistributionKind Kind, double Middle, double Spread, int Least, int Most)
{
    public TimeSpan Of(Draw draw)
    {
        var milliseconds = Kind switch
        {
            DistributionKind.Uniform => draw.Between(Least, Most),
            DistributionKind.Normal => Middle + (Spread * draw.Normal()),
            DistributionKind.LogNormal => Middle * Math.Exp(Spread * draw.Normal()),
            _ => Middle,
        };
        return TimeSpan.FromMilliseconds((long)Math.Clamp(milliseconds, Least, Most));
    }
}
