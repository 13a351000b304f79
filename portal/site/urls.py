"""Addresses of the citizen's front door."""

from django.urls import path

from portal.site import health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("deadline/", views.deadline, name="deadline"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.search_suggest, name="search_suggest"),
    path("verify/", views.verify, name="verify"),
    path("verify/<slug:code>/", views.verify_code, name="verify_code"),
    path("display/", views.display, name="display"),
    path("messages/", views.messages_page, name="messages"),
    path("guide/", views.guide, name="guide"),
    path("contact/", views.contact, name="contact"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
