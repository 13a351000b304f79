"""Forms of the records: adding, deciding, and the list of places for those who work without script."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.records.choices import (
    ARTICLES,
    MOST_PAGES,
    MOST_RECORDS,
    MOST_TEXT,
    MOST_TITLE,
    Disposition,
    Ground,
    Stake,
)
from portal.records.models import Record, RecordPage
from portal.web.fields import FilesField, text_field

GROUNDS = [("", "（请选择）"), *((ground.value, ground.label) for ground in Ground)]
BLANK_ROWS = 5
FULL = 100


class DetailsForm(forms.Form):
    """What is known of a record."""

    title = text_field("题目", MOST_TITLE)
    document_number = text_field("文号", 60, required=False)
    made_on = forms.DateField(
        label="成文日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期格式应为 2026-03-16"},
    )
    maker = text_field("制作机关", 80, required=False)
    source = text_field("出处", 200, required=False, help_text="例如：公文系统、档案室2025年第12卷。")
    search = forms.TypedChoiceField(label="检索记录", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, searches: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["search"]
        field.choices = [("", "（没有对应的检索记录）"), *searches]
        if not searches:
            del self.fields["search"]


class UploadForm(DetailsForm):
    """Files, several at once; the other fields are of the first one where there is only one."""

    files = FilesField(  # type: ignore[assignment]  # a declared field, not the uploads
        label="文件",
        required=False,
        help_text=f"PDF、JPG、PNG、TXT，以及 DOCX、XLSX；可以一次选择多个，最多10个，每个不超过20 MB、{MOST_PAGES}页，"
        f"一件最多{MOST_RECORDS}份；更大的请拆分，OFD、WPS、旧版 Office 文件请另存为 PDF，压缩包请解压。",
    )
    title = text_field(
        "题目", MOST_TITLE, required=False, help_text="不填的，以文件名为题目；一次选择多个文件的不填。"
    )
    field_order = ("files", "title")


class TextForm(DetailsForm):
    """Words typed or copied in."""

    text = text_field("内容", MOST_TEXT, rows=10, help_text="没有文件、只有文字的信息。")
    field_order = ("title", "text")


class JudgeForm(forms.Form):
    """What becomes of a record."""

    disposition = forms.ChoiceField(
        label="如何处理",
        choices=[choice for choice in Disposition.choices if choice[0]],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择如何处理"},
    )
    ground = forms.ChoiceField(
        label="不予公开的理由",
        required=False,
        choices=[
            ("", "（仅不予公开时选择）"),
            *((ground.value, f"{ground.label}（条例{ARTICLES[ground]}）") for ground in Ground),
        ],
    )
    reason = text_field("说明", 500, rows=3, required=False, help_text="不予公开的写明为什么，写入答复稿。")
    matter = forms.TypedChoiceField(label="所答事项", coerce=int, empty_value="1", required=False)
    also = forms.TypedMultipleChoiceField(
        label="同时答复的其他事项",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="同一份信息答复几项申请内容的，一并选择，不用重复添加。",
    )
    own_data = forms.BooleanField(required=False)

    def __init__(self, *args: Any, matters: Any = (), person: str = "申请人", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["own_data"].label = f"含{person}本人的信息，可以提供给{person}"
        self.fields["own_data"].help_text = f"不选的，副本中出现{person}的姓名、电话等即不予放行。"
        field: Any = self.fields["matter"]
        field.choices = [(number, f"第{number}项：{words}") for number, words in matters] or [(1, "全部")]
        others: Any = self.fields["also"]
        others.choices = field.choices
        if len(matters) < 2:
            del self.fields["matter"], self.fields["also"]


class ShareForm(forms.Form):
    """Whether everyone gets a record that was handed over."""

    wanted = forms.BooleanField(
        label="随公开副本公开",
        required=False,
        help_text="公众副本单独制作、核验：申请人本人的信息也要遮盖，随公开副本一并保密审查。",
    )
    title = text_field(
        "公开的题目", MOST_TITLE, required=False, help_text="题目中不能有个人信息；不填的，用原题目。"
    )


class PlaceForm(forms.Form):
    """One place: a part of a page in hundredths of its picture, or the whole page."""

    page = forms.IntegerField(label="页码", min_value=1, required=False)
    left = forms.FloatField(label="左", min_value=0, max_value=FULL, required=False)
    top = forms.FloatField(label="上", min_value=0, max_value=FULL, required=False)
    right = forms.FloatField(label="右", min_value=0, max_value=FULL, required=False)
    bottom = forms.FloatField(label="下", min_value=0, max_value=FULL, required=False)
    ground = forms.ChoiceField(label="理由", choices=GROUNDS, required=False)
    drop = forms.BooleanField(label="删除", required=False)

    def clean(self) -> dict[str, Any]:
        """A row is empty, or it has a page and a ground, and all four sides or none."""
        data: dict[str, Any] = super().clean() or {}
        sides = [data.get(name) for name in ("left", "top", "right", "bottom")]
        if data.get("page") is None:
            if any(side is not None for side in sides) and not self.errors:
                self.add_error("page", "请填写页码")
            return data
        if not data.get("ground") and not data.get("drop"):
            self.add_error("ground", "请选择理由")
        if any(side is None for side in sides) and any(side is not None for side in sides):
            self.add_error("left", "四边都填写；整页不予公开的四边都不填")
        return data


class ObjectionForm(PlaceForm):
    """One place that a party does not wish to be disclosed."""

    ground = forms.ChoiceField(label="涉及", choices=[("", "（请选择）"), *Stake.choices], required=False)
    reason = text_field("为什么不宜公开", 200, required=False)
    field_order = ("page", "left", "top", "right", "bottom", "ground", "reason", "drop")


ObjectionFormSet = forms.formset_factory(ObjectionForm, extra=BLANK_ROWS, max_num=200, absolute_max=200)
PlaceFormSet = forms.formset_factory(PlaceForm, extra=BLANK_ROWS, max_num=2000, absolute_max=2000)


def places_of(record: Record, marks: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The marked places (the record's own without others) as rows of the list, in hundredths of the page's picture."""
    marks = record.marks if marks is None else marks
    sheets = {sheet.number: sheet for sheet in RecordPage.objects.filter(record=record)}
    rows: list[dict[str, Any]] = []
    for mark in marks["boxes"]:
        sheet = sheets.get(mark["page"])
        if sheet is not None:
            left, top, right, bottom = share_of(sheet.space, mark["box"])
            rows.append(
                {
                    "page": mark["page"],
                    "left": round(left * FULL, 1),
                    "top": round(top * FULL, 1),
                    "right": round(right * FULL, 1),
                    "bottom": round(bottom * FULL, 1),
                    "ground": mark["ground"],
                    "reason": mark.get("reason", ""),
                }
            )
    return rows + [
        {"page": mark["page"], "ground": mark["ground"], "reason": mark.get("reason", "")}
        for mark in marks["pages"]
    ]


def marks_of(
    record: Record, rows: list[dict[str, Any]], before: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The marks that rows of the list stand for; words stay as they were before (the record's own without others)."""
    sheets = {sheet.number: sheet for sheet in RecordPage.objects.filter(record=record)}
    boxes, pages = [], []
    for row in rows:
        if row.get("page") is None or row.get("drop"):
            continue
        sides = [row.get(name) for name in ("left", "top", "right", "bottom")]
        told = {"page": row["page"], "ground": row["ground"], "reason": row.get("reason", "")}
        if None in sides:
            pages.append(told)
            continue
        sheet = sheets.get(row["page"])
        space = sheet.space if sheet is not None else [0, 0, 0, 0, 0, 0]
        shares = [float(side) / FULL for side in sides if side is not None]
        boxes.append({**told, "box": place_of(space, shares)})
    return {"boxes": boxes, "pages": pages, "words": (before or record.marks)["words"]}


def share_of(space: list[float], box: list[float]) -> tuple[float, float, float, float]:
    """Where a box of the page's own space lies on its picture: left, top, right, bottom as shares of 1."""
    ox, oy, rx, ry, dx, dy = space
    whole = rx * dy - ry * dx or 1.0
    across, down = [], []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        across.append(((x - ox) * dy - (y - oy) * dx) / whole)
        down.append((rx * (y - oy) - ry * (x - ox)) / whole)
    return min(across), min(down), max(across), max(down)


def place_of(space: list[float], shares: list[float]) -> list[float]:
    """The box in the page's own space of a part of its picture."""
    ox, oy, rx, ry, dx, dy = space
    points = [
        (ox + across * rx + down * dx, oy + across * ry + down * dy)
        for across, down in ((shares[0], shares[1]), (shares[2], shares[3]))
    ]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return [min(xs), min(ys), max(xs), max(ys)]
