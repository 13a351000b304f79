"""Writers of the records of a case."""

from portal.records.actions.adding import Added, Details, Upload, add_published, add_text, add_uploads
from portal.records.actions.copying import ask_for_copies, make_copy, run_copy
from portal.records.actions.deciding import describe_record, judge_record, remove_record
from portal.records.actions.erasing import erase_records
from portal.records.actions.handing import hand_over, print_file
from portal.records.actions.marking import mark_spots, mark_word, save_marks
from portal.records.actions.objecting import save_objections
from portal.records.actions.preparing import draw_pages, prepare
from portal.records.actions.sharing import make_public_copy, share_record
from portal.records.actions.showing import pages_named, show_pages, show_to_party

__all__ = [
    "Added",
    "Details",
    "Upload",
    "add_published",
    "add_text",
    "add_uploads",
    "ask_for_copies",
    "describe_record",
    "draw_pages",
    "erase_records",
    "hand_over",
    "judge_record",
    "make_copy",
    "make_public_copy",
    "mark_spots",
    "mark_word",
    "pages_named",
    "prepare",
    "print_file",
    "remove_record",
    "run_copy",
    "save_marks",
    "save_objections",
    "share_record",
    "show_pages",
    "show_to_party",
]
