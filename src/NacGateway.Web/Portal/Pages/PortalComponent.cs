using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace NacGateway.Web.Portal.Pages;

/// <summary>What all components of the portal share: the context, and sentences from the resource files.</summary>
public abstract class PortalComponent : ComponentBase
{
    /// <summary>The page's context.</summary>
    [Parameter]
    [EditorRequired]
    public required PageContext Context { get; set; }

    /// <summary>The blank between two sentences of a line where one stands in a block of code: the Razor compiler drops those of the source.</summary>
    protected const string Space = " ";

    /// <summary>A sentence by its key.</summary>
    protected string T(string key) => Context.Language.Texts[key];

    /// <summary>
    /// A sentence with its places filled in, each value set off: bold, and isolated (<c>bdi</c>), so that a name in another script or
    /// with stray direction marks cannot reorder the sentence around it.
    /// </summary>
    protected RenderFragment Sentence(string key, params string[] values) => Compose(T(key), (builder, value) =>
    {
        builder.OpenElement(0, "b");
        builder.OpenElement(1, "bdi");
        builder.AddContent(2, value);
        builder.CloseElement();
        builder.CloseElement();
    }, values);

    /// <summary>A sentence whose values are machine text: addresses and codes, left to right in every language.</summary>
    protected RenderFragment Technical(string key, params string[] values) => Compose(T(key), (builder, value) =>
    {
        builder.OpenElement(0, "code");
        builder.AddAttribute(1, "dir", "ltr");
        builder.AddContent(2, value);
        builder.CloseElement();
    }, values);

    private static RenderFragment Compose(string pattern, Action<RenderTreeBuilder, string> writeValue, string[] values) => builder =>
    {
        var rest = pattern.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var at)
        {
            builder.AddContent(3, rest[..at].ToString());
            writeValue(builder, values[rest[at + 1] - '0']);
            rest = rest[(at + 3)..];
        }

        builder.AddContent(4, rest.ToString());
    };
}
