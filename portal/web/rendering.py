"""One form renderer for all pages: our templates, Django's own machinery."""

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """Renders every form and field by templates/forms/."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
