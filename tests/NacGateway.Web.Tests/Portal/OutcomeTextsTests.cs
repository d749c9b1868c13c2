using NacGateway.Core.Authentication;
using NacGateway.Web.Portal;
using NacGateway.Web.Portal.Pages;
using NacGateway.Web.Portal.Pipeline;
using NacGateway.Web.Portal.Texts;
using Xunit;

namespace NacGateway.Web.Tests.Portal;

/// <summary>Each way a sign-in can end is a sentence of its own, in each language, with the reference of the log.</summary>
public sealed class OutcomeTextsTests
{
    private const string Reference = "7K2-91F";

    private static readonly LoginOutcome[] Failures =
    [
        new LoginOutcome.Rejected(Reference, ["Ask the service desk."]),
        new LoginOutcome.PasswordExpired(Reference),
        new LoginOutcome.OutsideHours(Reference),
        new LoginOutcome.Refused(Reference, "Closed until ten."),
        new LoginOutcome.AccountDisabled(Reference),
        new LoginOutcome.NotPermitted(Reference),
        new LoginOutcome.NoAnswer(Reference),
        new LoginOutcome.WrongSecret(Reference),
        new LoginOutcome.MissingMessageAuthenticator(Reference),
        new LoginOutcome.UnusableAccept(Reference),
        new LoginOutcome.Throttled(Reference, TimeProvider.System.GetUtcNow().AddMinutes(5)),
        new LoginOutcome.ChallengeExpired(Reference),
        new LoginOutcome.DeviceLimit(Reference, 3, 3),
        new LoginOutcome.NotSendable(Reference),
        new LoginOutcome.StorageUnavailable(Reference),
        new LoginOutcome.Busy(Reference),
    ];

    public static TheoryData<string> Languages => [.. PortalLanguage.All.Select(language => language.Tag)];

    [Fact]
    public void Every_outcome_of_the_core_is_here()
    {
        var all = typeof(LoginOutcome).GetNestedTypes().Select(type => type.Name);
        var told = Failures.Select(outcome => outcome.GetType().Name).Append(nameof(LoginOutcome.SignedIn)).Append(nameof(LoginOutcome.Challenged));

        Assert.Equal(all.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_two_outcomes_are_told_in_the_same_words(string language)
    {
        var texts = Texts(language);

        var problems = Failures.Select(outcome => texts.Describe(outcome, secondStep: false)).Append(texts.Describe(Failures[0], secondStep: true)).ToArray();

        Assert.Equal(problems.Length, problems.Select(problem => problem.Title + problem.Body).Distinct(StringComparer.Ordinal).Count());
        Assert.All(problems, problem =>
        {
            Assert.Equal(Reference, problem.Reference);
            Assert.DoesNotContain('{', problem.Title + problem.Body);
            Assert.DoesNotContain("RADIUS", problem.Title + problem.Body, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public void A_password_that_nobody_checked_is_not_called_wrong()
    {
        LoginOutcome[] ours = [.. Failures.Where(OutcomeTexts.IsOurs)];

        Assert.NotEmpty(ours);
        Assert.All(ours, outcome => Assert.DoesNotContain("is not correct", Texts("en").Describe(outcome, secondStep: false).Body, StringComparison.Ordinal));
        Assert.All(ours, outcome => Assert.True(OutcomeTexts.OffersForm(outcome)));
    }

    [Fact]
    public void The_status_says_whose_turn_it_is()
    {
        Assert.Equal(422, OutcomeTexts.Status(Failures[0]));
        Assert.Equal(429, OutcomeTexts.Status(new LoginOutcome.Throttled(Reference, default)));
        Assert.Equal(503, OutcomeTexts.Status(new LoginOutcome.NoAnswer(Reference)));
        Assert.Equal(503, OutcomeTexts.Status(new LoginOutcome.StorageUnavailable(Reference)));
    }

    [Fact]
    public void Messages_of_the_server_are_left_out_where_the_site_says_so()
    {
        Assert.Equal(["Ask the service desk."], Texts("en").Describe(Failures[0], secondStep: false).Messages, StringComparer.Ordinal);
        Assert.Empty(Texts("en", new PortalOptions { ShowReplyMessages = false }).Describe(Failures[0], secondStep: false).Messages!);
    }

    [Fact]
    public void An_expired_password_leads_to_where_it_is_changed()
    {
        var texts = Texts("en", new PortalOptions { PasswordUrl = new Uri("https://id.example.com/password/") });

        Assert.Contains("id.example.com/password", texts.Describe(new LoginOutcome.PasswordExpired(Reference), secondStep: false).Body, StringComparison.Ordinal);
    }

    private static OutcomeTexts Texts(string language, PortalOptions? site = null) => new(
        new PageContext
        {
            Language = PortalLanguage.Find(language)!,
            LanguageChosen = false,
            Site = site ?? new PortalOptions(),
            PublicUrl = "http://portal.example",
            PublicHost = "portal.example",
            DeviceAddress = "192.0.2.7",
            Path = "/portal",
        },
        TimeProvider.System);
}
