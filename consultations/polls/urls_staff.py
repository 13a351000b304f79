"""Addresses for the units."""

from django.urls import path

from consultations.polls.views import entries, staff

app_name = "workbench_polls"
urlpatterns = [
    path("", staff.polls, name="list"),
    path("new/", staff.new, name="new"),
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/preview/", staff.preview, name="preview"),
    path("<uuid:public_id>/entries/", entries.entries, name="entries"),
    path("<uuid:public_id>/entries/reveal/", entries.reveal, name="entry_reveal"),
    path("<uuid:public_id>/entries/<uuid:entry_id>/", entries.review, name="entry_review"),
    path("<uuid:public_id>/tokens/", staff.tokens, name="tokens"),
    path("<uuid:public_id>/questions/", staff.question, name="question_new"),
    path("<uuid:public_id>/questions/<str:question_id>/", staff.question, name="question"),
    path("<uuid:public_id>/questions/<str:question_id>/<slug:act>/", staff.question_act, name="question_act"),
    path("<uuid:public_id>/invalidations/<int:pk>/<slug:act>/", staff.decide, name="decide"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
