using NacGateway.Core.Insight;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Insight.Story;

namespace NacGateway.Web.Desk.Acts;

/// <summary>All that is shown of one session.</summary>
/// <param name="Row">How it stands.</param>
/// <param name="Story">What happened, as entries.</param>
/// <param name="Lines">What happened, in words, oldest first.</param>
internal sealed record SessionFile(SessionRow Row, SessionStory Story, IReadOnlyList<StoryLine> Lines);
