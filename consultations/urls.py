"""Addresses for everyone."""

from django.urls import path

from consultations.views import citizen, commenting

app_name = "consultations"
urlpatterns = [
    path("", citizen.home, name="home"),
    path("comments/<str:token>/", commenting.own, name="own"),
    path("comments/<str:token>/withdraw/", commenting.withdraw, name="withdraw"),
    path("<uuid:public_id>/", citizen.detail, name="detail"),
    path("<uuid:public_id>/comment/", commenting.comment, name="comment"),
    path("<uuid:public_id>/comments/", citizen.comments, name="comments"),
    path("<uuid:public_id>/feedback/", citizen.feedback, name="feedback"),
    path("<uuid:public_id>/feedback/xlsx/", citizen.feedback_xlsx, name="feedback_xlsx"),
    path("<uuid:public_id>/compare/", citizen.compare, name="compare"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", citizen.document, name="document"),
    path("<uuid:public_id>/files/<uuid:file_id>/", citizen.attachment, name="file"),
    path("<uuid:public_id>/materials/<int:number>/", citizen.material, name="material"),
]
