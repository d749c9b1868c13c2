namespace NacGateway.Core.Policy;

/// <summary>Where rules come from first, and how long decisions are kept. The rules themselves are in the database.</summary>
public sealed class PolicyOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Policy";

    /// <summary>
    /// Rules and roles (JSON) for a database that has none yet, and for <c>seed</c>. Default: <c>seeds/policies.json</c> beside the
    /// program. Once there are rules in the database they count, and this file does not.
    /// </summary>
    public string File { get; set; } = "";

    /// <summary>Records of decisions that are kept, 1,000 to 10,000,000; the oldest go first. Default 200,000, some 200 MB, and more where servers send long answers: whoever floods the sign-in page must not fill the disk.</summary>
    public int DecisionsKept { get; set; } = 200_000;

    /// <summary>How long records of decisions are kept, 1 hour to 366 days. Default 30 days: they say who was where and when.</summary>
    public TimeSpan DecisionsKeptFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The file in effect.</summary>
    public string EffectiveFile => File.Length > 0 ? File : DefaultFile;

    /// <summary>The file that ships with the program.</summary>
    public static string DefaultFile => Path.Combine(AppContext.BaseDirectory, "seeds", "policies.json");
}
