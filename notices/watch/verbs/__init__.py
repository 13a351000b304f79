"""The staff verbs of the duty log."""

from __future__ import annotations

from notices.watch import actions
from notices.watch.forms import SignForm
from portal.web.verbs import StepForm, Verb

_ALL = (
    Verb("sign_log", "签署值班日志", "清单以签署时为准。", SignForm, actions.sign_log),
    Verb("countersign_log", "负责人签字", "签字后生成日志文件。", StepForm, actions.countersign_log),
)
VERBS = {verb.code: verb for verb in _ALL}
