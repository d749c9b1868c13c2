using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Simulation;
using NacGateway.Web.Portal;
using NacGateway.Web.Portal.Pages;
using NacGateway.Web.Portal.Pipeline;
using NacGateway.Web.Portal.Texts;

namespace NacGateway.Web.Desk.Decisions;

/// <summary>What the person would read on the portal, in English, by the portal's own texts.</summary>
internal sealed class SimulationTexts(PortalSettings site, TimeProvider time)
{
    private readonly PortalLanguage _english = PortalLanguage.Find("en")!;

    public SimulationTold Of(SimulatedOutcome simulated)
    {
        var texts = _english.Texts;
        switch (simulated.Outcome)
        {
            case null:
                return new SimulationTold(texts["Status_Title"], texts["Status_Close"], site.Current.ShowReplyMessages && simulated.Message is { } said ? UntrustedText.CleanAll(said.Split('\n')) : []);
            case LoginOutcome.Challenged challenged:
                var messages = UntrustedText.CleanAll(challenged.Messages);
                return new SimulationTold(texts["Challenge_Title"], messages.Count == 0 ? texts["Challenge_Default"] : "", messages);
            default:
                var problem = new OutcomeTexts(Page(), time).Describe(simulated.Outcome, secondStep: false);
                return new SimulationTold(problem.Title, problem.Body, problem.Messages ?? []);
        }
    }

    private PageContext Page() => new()
    {
        Language = _english,
        LanguageChosen = false,
        Site = site.Current,
        PublicUrl = "",
        PublicHost = "",
        DeviceAddress = "",
        Path = "/portal",
    };
}
