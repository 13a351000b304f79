"""All addresses of the portal."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import URLPattern, URLResolver, include, path, re_path

from portal.site import account_closing, accounts, errors, sessions
from portal.site.robots import robots
from portal.site.sitemap import ArticleMap, PageMap, ReleaseMap
from portal.supervision.views.metrics import metrics

OIDC = "allauth.socialaccount.providers.openid_connect"
if OIDC in settings.INSTALLED_APPS:
    from portal.site.oidc import callback as oidc_callback
    from portal.site.oidc import login as oidc_login

SITEMAPS = {"pages": PageMap, "articles": ArticleMap, "releases": ReleaseMap}
urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", robots, name="robots"),
    path("metrics", metrics, name="metrics"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS}, name="sitemap_index"),
    path(
        "sitemap-<section>.xml",
        sitemaps.sitemap,
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    path("", include("portal.site.urls")),
    path("requests/", include("requests_app.urls")),
    path("opinions/", include("requests_app.urls_opinions")),
    path("releases/", include("portal.site.urls_releases")),
    path("mailbox/responses/", include("mailbox.responses.urls")),
    path("mailbox/", include("mailbox.urls")),
    path("consultations/courses/", include("consultations.courses.urls")),
    path("consultations/proposals/", include("consultations.proposals.urls")),
    path("consultations/hearings/", include("consultations.hearings.urls")),
    path("consultations/polls/", include("consultations.polls.urls")),
    path("consultations/", include("consultations.urls")),
    path("notices/", include("notices.urls")),
    path("report-error/", include("notices.reports.urls")),
    path("workbench/", include("portal.workbench.urls")),
    path("workbench/records/", include("portal.records.urls_staff")),
    path("records/", include("portal.records.urls")),
    path("workbench/requests/", include("requests_app.urls_staff")),
    path("workbench/responses/", include("mailbox.responses.urls_staff")),
    path("workbench/mailbox/", include("mailbox.urls_staff")),
    path("workbench/reports/", include("notices.reports.urls_staff")),
    path("workbench/watch/", include("notices.watch.urls_staff")),
    path("workbench/notices/", include("notices.urls_staff")),
    path("workbench/courses/", include("consultations.courses.urls_staff")),
    path("workbench/proposals/", include("consultations.proposals.urls_staff")),
    path("workbench/hearings/", include("consultations.hearings.urls_staff")),
    path("workbench/polls/", include("consultations.polls.urls_staff")),
    path("workbench/consultations/", include("consultations.urls_staff")),
    path("workbench/annual/returns/", include("requests_app.returns.urls_staff")),
    path("workbench/annual/", include("requests_app.urls_annual")),
    path("annual-reports/", include("requests_app.returns.urls")),
    path("statistics/", include("portal.supervision.urls_public")),
    path("supervision/", include("portal.supervision.urls")),
    path("administration/", include("portal.administration.urls")),
    path("accounts/signup/", accounts.signup, name="account_signup"),
    path("accounts/password/reset/", accounts.password_reset, name="account_reset_password"),
    path("accounts/email/", accounts.email, name="account_email"),
    path("accounts/sessions/", sessions.sessions, name="account_sessions"),
    path("accounts/close/", account_closing.close, name="account_close"),
    path("accounts/kept-form/", accounts.kept_form, name="account_kept_form"),
    *(
        [
            path("accounts/oidc/<slug:provider_id>/login/", oidc_login, name="openid_connect_login"),
            path(
                "accounts/oidc/<slug:provider_id>/login/callback/",
                oidc_callback,
                name="openid_connect_callback",
            ),
        ]
        if OIDC in settings.INSTALLED_APPS
        else []
    ),
    # Nobody ties or unties a provider by hand: allauth's own pages for that are not ours.
    re_path(r"^accounts/(?:3rdparty|social)/", errors.not_found),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("portal.supervision.urls_api")),
    path("api/v1/", include("portal.api.urls")),
]
if settings.PORTAL_ADMIN:
    urlpatterns.append(path("admin/", admin.site.urls))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
