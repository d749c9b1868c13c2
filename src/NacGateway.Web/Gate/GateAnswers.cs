using Microsoft.AspNetCore.WebUtilities;

namespace NacGateway.Web.Gate;

/// <summary>Every answer of the gateway's own in every form and language, drawn once for one portal URL.</summary>
internal sealed class GateAnswers
{
    private const int Languages = 3;
    private const int Formats = 3;
    private readonly GateAnswer[] _answers;

    public GateAnswers(Uri? portal, Uri? landing)
    {
        Portal = portal;
        Landing = landing;
        var kinds = Enum.GetValues<AnswerKind>();
        _answers = new GateAnswer[kinds.Length * Formats * Languages];
        foreach (var kind in kinds)
        {
            foreach (var format in Enum.GetValues<AnswerFormat>())
            {
                foreach (var language in Enum.GetValues<AnswerLanguage>())
                {
                    _answers[Index(kind, format, language)] = Draw(kind, format, language, portal, landing);
                }
            }
        }
    }

    /// <summary>The URL that these answers link to.</summary>
    public Uri? Portal { get; }

    /// <summary>The URL that they redirect to.</summary>
    public Uri? Landing { get; }

    /// <summary>The answer for a client's Accept and Accept-Language. Does not allocate.</summary>
    public GateAnswer Pick(AnswerKind kind, HttpRequest request)
    {
        var headers = request.Headers;

        // A probe wants no format: its login view renders HTML, and Android takes a body under five octets for a failure.
        var format = kind == AnswerKind.Redirect ? AnswerFormat.Html : Negotiation.Format(headers.Accept);
        return _answers[Index(kind, format, Negotiation.Language(headers.AcceptLanguage))];
    }

    private static int Index(AnswerKind kind, AnswerFormat format, AnswerLanguage language) =>
        ((((int)kind * Formats) + (int)format) * Languages) + (int)language;

    private static GateAnswer Draw(AnswerKind kind, AnswerFormat format, AnswerLanguage language, Uri? portal, Uri? landing)
    {
        var status = kind switch
        {
            AnswerKind.SignIn => StatusCodes.Status511NetworkAuthenticationRequired,
            AnswerKind.Redirect => StatusCodes.Status302Found,
            AnswerKind.Starting => StatusCodes.Status503ServiceUnavailable,
            AnswerKind.NoDestination => StatusCodes.Status400BadRequest,
            AnswerKind.Refused => StatusCodes.Status403Forbidden,
            AnswerKind.Unreachable => StatusCodes.Status502BadGateway,
            _ => StatusCodes.Status504GatewayTimeout,
        };
        var link = kind is AnswerKind.SignIn or AnswerKind.Redirect ? portal : null;
        return new GateAnswer
        {
            Status = status,
            Body = GatePage.Draw(kind, format, language, status, ReasonPhrases.GetReasonPhrase(status), link),
            ContentType = format switch
            {
                AnswerFormat.Html => "text/html; charset=utf-8",
                AnswerFormat.Json => "application/problem+json",
                _ => "text/plain; charset=utf-8",
            },
            ContentLanguage = GatePage.Culture(language).Name,
            ContentSecurityPolicy = GatePage.ContentSecurityPolicy,
            Link = link is null ? default : $"<{link.AbsoluteUri}>; rel=\"help\"",
            Location = kind == AnswerKind.Redirect && link is not null ? (landing ?? link).AbsoluteUri : default,
        };
    }
}
