"""The list of errors at the top of a page leads to the control of every error, whatever kind of control it is."""

from __future__ import annotations

import re

from django import forms
from django.template import Context, Template

from portal.web.fields import FileInput

PAGE = Template("{% load portal %}{% error_summary asked %}|{% for form in asked %}{{ form }}{% endfor %}")


class Everything(forms.Form):
    """One field of each kind that the portal's pages use."""

    line = forms.CharField()
    text = forms.CharField(widget=forms.Textarea)
    unit = forms.ChoiceField(choices=[("", "请选择"), ("市级部门", [("a", "甲局"), ("b", "乙局")])])
    several = forms.MultipleChoiceField(choices=[("a", "甲"), ("b", "乙")])
    way = forms.ChoiceField(choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    ticks = forms.MultipleChoiceField(choices=[("a", "甲"), ("b", "乙")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField()
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(widget=FileInput)


def test_each_error_leads_to_a_control_that_can_take_the_focus() -> None:
    form, other = Everything({}), Everything({}, prefix="other")
    for one in (form, other):
        for number, name in enumerate(one.fields):
            one.errors[name] = one.error_class([f"第{number}项有误"])
    html = PAGE.render(Context({"asked": [form, other]}))
    summary, page = html.split("|", 1)
    links = re.findall(r'<a href="#([^"]+)">', summary)
    assert len(links) == 18
    assert summary.count("<li>") == 18
    assert summary.count('role="alert"') == 1
    controls = set(re.findall(r'<(?:input|select|textarea)\b[^>]*\bid="([^"]+)"', page))
    assert [link for link in links if link not in controls] == []
