using System.ComponentModel.DataAnnotations;

namespace NacGateway.Web.Admin;

/// <summary>Settings of the administrator's listener.</summary>
internal sealed class AdminOptions
{
    public const string Section = "Admin";

    /// <summary>
    /// Address and port, <c>ADDRESS:PORT</c>; port 0 takes a free one. Default <c>127.0.0.1:8082</c>: health and metrics are for the
    /// machine itself unless someone decides otherwise.
    /// </summary>
    [Required]
    public string Listen { get; set; } = "127.0.0.1:8082";
}
