"""Addresses for the units."""

from django.urls import path

from mailbox.views import entry, figures, mails, staff, topics

app_name = "workbench_mailbox"
urlpatterns = [
    path("", staff.letters, name="letters"),
    path("enter/", entry.enter, name="enter"),
    path("figures/", figures.figures, name="figures"),
    path("figures/letters/", figures.letters, name="figure_letters"),
    path("figures/xlsx/", figures.xlsx, name="figures_xlsx"),
    path("topics/", topics.topics, name="topics"),
    path("mails/", mails.tray, name="tray"),
    path("mails/<int:mail_id>/", mails.mail, name="tray_mail"),
    path("mails/<int:mail_id>/decide/", mails.decide, name="decide_mail"),
    path("mails/<int:mail_id>/<str:part>/", mails.mail, name="tray_mail_part"),
    path("<uuid:public_id>/mails/<int:mail_id>/", mails.original, name="original"),
    path("<uuid:public_id>/mails/<int:mail_id>/<str:part>/", mails.original, name="original_part"),
    path("<uuid:public_id>/", staff.detail, name="detail"),
    path("<uuid:public_id>/reveal/", staff.reveal, name="reveal"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", staff.document, name="document"),
    path("<uuid:public_id>/documents/<uuid:document_id>/docx/", staff.docx, name="docx"),
    path("<uuid:public_id>/files/<uuid:file_id>/", staff.attachment, name="file"),
    path("<uuid:public_id>/<slug:verb>/", staff.step, name="step"),
]
