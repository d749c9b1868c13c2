using Microsoft.AspNetCore.Components;

namespace NacGateway.Web.Admin.Frame;

/// <summary>A page of the desk, or a region of one: both are rendered from the same model, so that a region can be asked for alone.</summary>
/// <typeparam name="TModel">What it shows.</typeparam>
public abstract class DeskComponent<TModel> : ComponentBase
{
    /// <summary>The request.</summary>
    [Parameter, EditorRequired]
    public required DeskContext Context { get; set; }

    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public required TModel Model { get; set; }

    /// <summary>The blank between two parts of a line where one stands in a block of code: the Razor compiler drops those of the source.</summary>
    protected const string Space = " ";
}
