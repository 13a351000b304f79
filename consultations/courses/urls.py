"""Addresses for everyone."""

from django.urls import path

from consultations.courses.views import citizen

app_name = "courses"
urlpatterns = [
    path("", citizen.home, name="home"),
    path("<uuid:public_id>/", citizen.detail, name="detail"),
    path("<uuid:public_id>/quiz/", citizen.quiz, name="quiz"),
    path("<uuid:public_id>/certificate/", citizen.certificate, name="certificate"),
]
