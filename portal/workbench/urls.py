"""Addresses of the staff inbox."""

from django.urls import path

from portal.workbench import away, deciding, many, phrases, views

app_name = "workbench"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("find/", views.find, name="find"),
    path("<uuid:public_id>/go/", deciding.go, name="go"),
    path("<uuid:public_id>/decide/", deciding.decide, name="decide"),
    path("<uuid:public_id>/decide/<int:number>.jpg", deciding.sheet, name="sheet"),
    path("<uuid:public_id>/say/", deciding.say, name="say"),
    path("phrases/", phrases.phrases, name="phrases"),
    path("phrases/<int:pk>/drop/", phrases.drop, name="drop_phrase"),
    path("away/", away.away, name="away"),
    path("away/<int:pk>/back/", away.back, name="back"),
    path("many/", many.many, name="many"),
    path("views/", many.keep_view, name="keep_view"),
    path("views/<int:pk>/drop/", many.drop_view, name="drop_view"),
]
