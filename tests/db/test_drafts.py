"""Drafts: what somebody was filling in, theirs alone, until they finish or drop it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import audit, drafts, store
from db.store import Store

KEY = bytes(range(32))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Store]:
    with store.create(tmp_path, KEY, establishment="Moorland") as made:
        yield made


def test_a_draft_comes_back_as_it_was(record: Store) -> None:
    draft = drafts.save(record, "lyn", "contact", "A1234BC", '{"text": "half a sen"}')
    found = drafts.load(record, "lyn", draft)
    assert found is not None
    assert (found.route, found.case, found.payload) == ("contact", "A1234BC", '{"text": "half a sen"}')


def test_a_draft_comes_back_after_the_record_was_closed(tmp_path: Path) -> None:
    with store.create(tmp_path, KEY, establishment="Moorland") as record:
        draft = drafts.save(record, "lyn", "contact", "A1234BC", "{}")
    with store.open_record(tmp_path, KEY) as again:
        assert drafts.load(again, "lyn", draft) is not None


def test_saving_a_form_again_keeps_one_draft_of_it(record: Store) -> None:
    first = drafts.save(record, "lyn", "contact", "A1234BC", "1")
    second = drafts.save(record, "lyn", "contact", "A1234BC", "2")
    assert first == second
    assert [draft.payload for draft in drafts.kept(record, "lyn")] == ["2"]


def test_forms_of_other_cases_and_screens_are_drafts_of_their_own(record: Store) -> None:
    drafts.save(record, "lyn", "contact", "A1234BC", "1")
    drafts.save(record, "lyn", "contact", "B2345CD", "2")
    drafts.save(record, "lyn", "defer", "A1234BC", "3")
    drafts.save(record, "lyn", "filter", "", "4")
    assert [draft.payload for draft in drafts.kept(record, "lyn")] == ["4", "3", "2", "1"]


def test_a_draft_is_found_by_its_form(record: Store) -> None:
    drafts.save(record, "lyn", "contact", "A1234BC", "1")
    found = drafts.find(record, "lyn", "contact", "A1234BC")
    assert found is not None
    assert found.payload == "1"
    assert drafts.find(record, "lyn", "contact", "B2345CD") is None


def test_nobody_gets_somebody_elses_draft(record: Store) -> None:
    draft = drafts.save(record, "lyn", "contact", "A1234BC", "{}")
    assert drafts.load(record, "sam", draft) is None
    assert drafts.find(record, "sam", "contact", "A1234BC") is None
    assert drafts.kept(record, "sam") == ()


def test_nobody_drops_somebody_elses_draft(record: Store) -> None:
    draft = drafts.save(record, "lyn", "contact", "A1234BC", "{}")
    assert not drafts.discard(record, "sam", draft)
    assert drafts.load(record, "lyn", draft) is not None


def test_a_dropped_draft_is_gone(record: Store) -> None:
    draft = drafts.save(record, "lyn", "contact", "A1234BC", "{}")
    assert drafts.discard(record, "lyn", draft)
    assert drafts.load(record, "lyn", draft) is None


def test_a_reset_drops_all_of_one_users_drafts_and_nobody_elses(record: Store) -> None:
    drafts.save(record, "lyn", "contact", "A1234BC", "{}")
    drafts.save(record, "lyn", "defer", "A1234BC", "{}")
    drafts.save(record, "sam", "contact", "A1234BC", "{}")
    assert drafts.discard_all(record, "lyn") == 2
    assert len(drafts.kept(record, "sam")) == 1


def test_a_draft_leaves_no_line_in_the_audit_trail(record: Store) -> None:
    drafts.save(record, "lyn", "contact", "A1234BC", "{}")
    assert audit.head(record) is None
