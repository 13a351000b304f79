"""Addresses for citizens."""

from django.urls import path

from requests_app.views import citizen, own

app_name = "requests"
urlpatterns = [
    path("", citizen.start, name="start"),
    path("new/", citizen.begin, name="begin"),
    path("new/check/", citizen.check, name="check"),
    path("new/files/<uuid:file_id>/remove/", citizen.remove_file, name="remove_file"),
    path("new/<slug:step>/", citizen.new, name="new"),
    path("drafts/<uuid:public_id>/resume/", citizen.resume, name="resume"),
    path("drafts/<uuid:public_id>/discard/", citizen.discard, name="discard"),
    path("mine/", citizen.mine, name="mine"),
    path("track/", citizen.track, name="track"),
    path("receipt/<uuid:public_id>/", citizen.receipt, name="receipt"),
    path("<uuid:public_id>/", citizen.detail, name="detail"),
    path("<uuid:public_id>/correct/", own.step, {"verb": "correct"}, name="correct"),
    path("<uuid:public_id>/withdraw/", own.step, {"verb": "withdraw"}, name="withdraw"),
    path("<uuid:public_id>/reasons/", own.step, {"verb": "give_reasons"}, name="give_reasons"),
    path("<uuid:public_id>/rate/", own.step, {"verb": "rate"}, name="rate"),
    path("<uuid:public_id>/suggest/", own.step, {"verb": "suggest_proactive"}, name="suggest_proactive"),
    path("<uuid:public_id>/fix/", own.step, {"verb": "ask_fix"}, name="ask_fix"),
    path("<uuid:public_id>/contact/", own.step, {"verb": "change_contact"}, name="change_contact"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", citizen.document, name="document"),
    path("<uuid:public_id>/files/<uuid:file_id>/", citizen.attachment, name="file"),
]
