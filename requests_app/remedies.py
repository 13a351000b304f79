"""The remedy paragraph: which way, to whom, within what time."""

from __future__ import annotations

from portal.core.limits import limit


def remedy(review_body: str, court: str, *, review_first: bool) -> str:
    """The remedy paragraph.

    A decision not to disclose goes to reconsideration first, within 60 days of knowing of it (行政复议法
    第二十条、第二十三条第一款第四项), then to court within 15 days of the review's decision (行政诉讼法第四十五条).
    Other replies: reconsideration within 60 days, or a lawsuit within 6 months (行政诉讼法第四十六条). All are
    calendar periods. Which replies count as not disclosing is the table ReviewFirst.
    """
    days = limit("remedy.reconsideration").text
    if review_first:
        after = limit("remedy.lawsuit_after_review").text
        return (
            f"如不服本决定，根据《中华人民共和国行政复议法》第二十三条规定，应当先向{review_body}申请行政复议，"
            f"期限为自知道本决定之日起{days}内；对行政复议决定不服的，可以自收到行政复议决定书之日起{after}内向"
            f"{court}提起行政诉讼。"
        )
    months = limit("remedy.lawsuit").text
    return (
        f"如不服本答复，可以自知道本答复之日起{days}内向{review_body}申请行政复议，或者自知道本答复之日起{months}内"
        f"向{court}提起行政诉讼。"
    )
