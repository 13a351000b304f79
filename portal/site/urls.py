"""Addresses of the citizen's front door."""

from django.urls import path

from portal.site import finding, health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("deadline/", views.deadline, name="deadline"),
    path("search/", finding.search_page, name="search"),
    path("search/suggest/", finding.search_suggest, name="search_suggest"),
    path("search/typed/", finding.search_typed, name="search_typed"),
    path("search/opened/", finding.search_opened, name="search_opened"),
    path("search/feed/", finding.SearchFeed(), name="search_feed"),
    path("opensearch.xml", finding.opensearch, name="opensearch"),
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
