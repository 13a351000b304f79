"""What a supervisor may do with a return."""

from __future__ import annotations

from portal.web.verbs import StepForm, Verb
from requests_app.returns import actions
from requests_app.returns.forms import BackForm

_ALL = (
    Verb("accept_return", "接受", "核对无误，汇入全市报告。", StepForm, actions.accept_return),
    Verb("send_back", "退回修改", "写明理由，限期重新报送。", BackForm, actions.send_back, main=False),
)
VERBS = {verb.code: verb for verb in _ALL}
