"""Addresses of the citizen's front door."""

from django.urls import path

from portal.site import codes, finding, health, views

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
    path("track/code/", codes.lost, name="code_lost"),
    path("track/code/link/<slug:token>/", codes.again, name="code_again"),
    path("track/code/own/<uuid:public_id>/", codes.own, name="code_own"),
    path("track/receipt/<uuid:public_id>/", codes.kept, name="code_kept"),
    path("track/receipt/<uuid:public_id>/pdf/", codes.pdf, name="receipt_pdf"),
    path("track/receipt/<uuid:public_id>/send/", codes.send, name="receipt_send"),
    path("workbench/code/<uuid:public_id>/", codes.in_person, name="code_in_person"),
    path("display/", views.display, name="display"),
    path("messages/", views.messages_page, name="messages"),
    path("guide/", views.guide, name="guide"),
    path("english/", views.english, name="english"),
    path("site-map/", views.site_map, name="site_map"),
    path("contact/", views.contact, name="contact"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
