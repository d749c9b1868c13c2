using System.Net;
using NacGateway.Core.Enforcement;
using NacGateway.Web.Desk;
using NacGateway.Web.Gate;
using NacGateway.Web.Hosting.Listeners;
using NacGateway.Web.Portal;

namespace NacGateway.Web.Hosting.Configuration;

/// <summary>What only the sight of all features together shows.</summary>
internal static class WholeCheck
{
    public static IEnumerable<string> Run(IConfiguration settings, TimeProvider time)
    {
        var gate = Bound<GateOptions>(settings, GateOptions.Section);
        var portal = Bound<PortalOptions>(settings, PortalOptions.Section);
        var admin = Bound<AdminOptions>(settings, AdminOptions.Section);
        foreach (var clash in ListenerClashes.Find([("Gate:Listen", gate.Listen), ("Portal:Listen", portal.Listen), ("Portal:ListenHttps", portal.ListenHttps), ("Admin:Listen", admin.Listen)]))
        {
            yield return clash;
        }

        foreach (var problem in KernelCheck.Run(Bound<EnforcementOptions>(settings, EnforcementOptions.Section), gate, portal, admin))
        {
            yield return problem;
        }

        if (!string.IsNullOrEmpty(portal.CertificateFile) && !string.IsNullOrEmpty(portal.CertificateKeyFile)
            && ListenerCertificate.Problem(PortalOptions.Section, portal.CertificateFile, portal.CertificateKeyFile, time) is { } problemOfPortal)
        {
            yield return problemOfPortal;
        }

        if (!string.IsNullOrEmpty(admin.CertificateFile) && !string.IsNullOrEmpty(admin.CertificateKeyFile)
            && ListenerCertificate.Problem(AdminOptions.Section, admin.CertificateFile, admin.CertificateKeyFile, time) is { } problemOfDesk)
        {
            yield return problemOfDesk;
        }
    }

    /// <summary>What is allowed on purpose, and better not forgotten.</summary>
    public static IEnumerable<string> Warnings(IConfiguration settings, TimeProvider time)
    {
        var admin = Bound<AdminOptions>(settings, AdminOptions.Section);
        if (admin.AllowPlainHttp && string.IsNullOrEmpty(admin.CertificateFile) && IPEndPoint.TryParse(admin.Listen, out var listen) && !IPAddress.IsLoopback(listen.Address))
        {
            yield return $"Admin:AllowPlainHttp: the desk speaks http at {admin.Listen}. Passwords, and the cookie of a sign-in, which has neither Secure nor __Host- then, cross that network in the clear unless a proxy in front ends TLS and nobody else reaches this port. Admin:CertificateFile and Admin:CertificateKeyFile make it https.";
        }

        if (Bound<GateOptions>(settings, GateOptions.Section).IsolatedLan)
        {
            yield return "Gate:IsolatedLan: signed-in devices whose connectivity probe reaches nobody are told that they are online. Leave it out where there is an Internet to reach.";
        }

        var portal = Bound<PortalOptions>(settings, PortalOptions.Section);
        if (string.IsNullOrEmpty(portal.ListenHttps) || string.IsNullOrEmpty(portal.CertificateFile) || string.IsNullOrEmpty(portal.CertificateKeyFile)
            || ListenerCertificate.Problem(PortalOptions.Section, portal.CertificateFile, portal.CertificateKeyFile, time) is not null)
        {
            yield break;
        }

        foreach (var doubt in CertificateDoubts.Find(ListenerCertificate.Load(portal.CertificateFile, portal.CertificateKeyFile), portal.PublicUrl, time))
        {
            yield return $"{PortalOptions.Section}:CertificateFile {portal.CertificateFile}: {doubt}";
        }
    }

    /// <summary>The values as they stand, valid or not: their own validators have spoken already.</summary>
    private static T Bound<T>(IConfiguration settings, string section)
        where T : new()
    {
        var options = new T();
        settings.GetSection(section).Bind(options);
        return options;
    }
}
