"""What can be refused. An error carries facts; the words for it stand in the locale files under `error.<key>`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(eq=False)
class Refusal(Exception):
    """Something was asked for that can't be done. `facts` fill the sentence `error.<key>` of the reader's locale.

    Not frozen: contextlib assigns `__traceback__` to exceptions.
    """

    key: str
    facts: dict[str, object] = field(default_factory=dict)
    KEYS: ClassVar[frozenset[str]] = frozenset(
        {
            "unknown_article", "no_article", "unknown_section", "unknown_item", "unknown_poll", "several_polls",
            "unknown_command",
            "unknown_ready", "unknown_language", "unknown_kind", "erased_poll", "nothing_found", "empty_search",
            "moderator_only", "only_in_a_place",
            "poll_closed", "already_closed", "poll_draft", "poll_not_closed", "poll_started", "poll_discarded",
            "not_eligible_role", "not_eligible_joined", "not_eligible_unknown",
            "not_eligible_age",
            "hidden_until_voted", "hidden_until_close",
            "too_many_marks", "too_few_marks", "unknown_option", "no_marks", "empty_ballot",
            "unlinkable_ballot", "no_reasons", "bad_receipt", "no_evidence",
            "empty_question", "long_question", "few_options", "many_options", "long_option",
            "same_options",
            "bad_limits", "no_actions",
            "text_of_another",
            "bad_rhythm", "ends_before_it_begins", "starts_after_close", "too_many_planned", "too_many_templates",
            "unknown_template",
            "twice_marked", "no_score", "wrong_score", "wrong_rank", "equal_ranks",
            "wrong_method", "bad_seats", "quorum_unknown", "talk_first", "ballot_voided", "stale_ballot",
            "talk_past_close", "no_proposal", "many_proposals", "proposal_waits", "option_exists", "no_additions",
            "no_reason", "no_such_ballot", "void_closed", "void_secret", "reopen_secret", "poll_open",
            "options_stay", "order_stays", "edit_gone", "no_change", "no_role", "bad_weight", "weights_named",
            "bad_talk",
            "bad_quorum", "no_threshold",
            "options_fixed", "early_end_unknown", "no_breakdown", "no_draft", "priority_alone",
            "long_text",
            "deadline_unclear", "deadline_past", "deadline_gap", "deadline_far",
            "unknown_timezone", "unknown_setting", "wrong_id",
            "unknown_channel", "no_text_channel", "missing_rights", "unknown_role", "platform_busy", "already_public",
            "import_refused", "import_stale", "article_built_in",
            "too_large_file", "too_large_record", "stale_button", "storage_unavailable",
            "missing_option", "unknown_format", "pdf_unavailable", "unfit_format", "ballots_withheld", "many_ballots",
            "unknown_field", "misspelt_field", "wrong_value", "not_a_number", "not_a_file",
        }
    )  # fmt: skip

    def __post_init__(self) -> None:
        if self.key not in self.KEYS:
            raise ValueError(f"no such refusal: {self.key}")

    def __str__(self) -> str:
        return f"{self.key} {self.facts}" if self.facts else self.key


def refuse(key: str, **facts: object) -> Refusal:
    """A refusal with its facts, to be raised."""
    return Refusal(key, facts)
