"""Fit the estimator on labelled drafts, and measure it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .encoder import Encoder
from .estimator import Bools, Estimator, MultiLabelEstimator, NameEstimator, SignChooser, fit_projection
from .examples import LabelledDraft, LabelledSentence, shipped_examples
from .references import references
from .schema import LABELS, ROLES
from .table import Table, draft_features, pooled, tabulate
from .wording import situations
from .words import Floats

#: Precision counts more than recall: a false alarm on an honest message costs the user's trust.
PRECISION_WEIGHT = 1.25
#: A strength praised wrongly is worse than one passed over; a danger missed is worse than one noted in vain.
USUAL_ROLE_PRECISION = 1.75
ROLE_PRECISION = {"safety": 0.85, "boundary": 1.25, "decision": 1.25}
#: Share of the sentences without a label that may be given it: all three together stay near 5 %.
MOST_FALSE_ALARMS = 0.035
SITUATION_C = 0.05


def fit(encoder: Encoder, seen: Sequence[LabelledDraft], unseen: Sequence[LabelledDraft], seed: int = 20) -> Estimator:
    """Return an estimator fitted on all drafts; `unseen` are those that the encoder was not tuned on."""
    drafts = [*seen, *unseen]
    table = tabulate(drafts, draft_features(encoder, drafts))
    return fit_table(table, table.draft_of >= len(seen), situation_table(encoder), seed)


def situation_table(encoder: Encoder) -> tuple[Floats, list[str]]:
    """Return the features and situations of the sentences in `data/situations-*.toml` and of the reference places."""
    about = [(text, situation.id) for situation in situations().values() for text in situation.about]
    alone = [LabelledDraft("", text, (LabelledSentence(0, len(text)),)) for text, _ in about]
    rows, names = draft_features(encoder, alone), [name for _, name in about]
    drafts = {draft.id: draft for draft in shipped_examples("train")}
    known = [r for r in references() if r.id in drafts and r.situation in situations()]
    for reference, features in zip(known, draft_features(encoder, [drafts[r.id] for r in known]), strict=True):
        inside = [reference.start <= start < reference.end for start, _ in drafts[reference.id].bounds]
        if any(inside):
            rows.append(features[inside].mean(axis=0, keepdims=True))
            names.append(reference.situation)
    return np.concatenate(rows), names


def fit_table(table: Table, unseen: Bools, about: tuple[Floats, list[str]], seed: int = 20) -> Estimator:
    """Return an estimator fitted on a table whose `unseen` rows the encoder was not tuned on."""
    projection = fit_projection(table.x, seed)
    table = replace(table, x=projection.transform(table.x).astype(np.float32))
    labels = MultiLabelEstimator(precision_weight=PRECISION_WEIGHT, max_false_alarms=MOST_FALSE_ALARMS, seed=seed)
    labels.fit(table.x, table.labels, unseen=unseen, groups=table.writers)
    roles = MultiLabelEstimator(
        precision_weight=[ROLE_PRECISION.get(r, USUAL_ROLE_PRECISION) for r in ROLES], seed=seed
    ).fit(table.x, table.roles, unseen=unseen, groups=table.writers)
    named = NameEstimator(c=SITUATION_C, seed=seed).fit(projection.transform(about[0]), about[1])
    return Estimator(projection, labels, roles, _fit_signs(table, seed), _fit_distress(table, unseen, seed), named)


def _fit_signs(table: Table, seed: int) -> dict[str, SignChooser]:
    fitted: dict[str, SignChooser] = {}
    for label in LABELS:
        rows, names = table.signs(label)
        if len(set(names)) > 1:
            fitted[label] = NameEstimator(seed=seed).fit(table.x[rows], names)
    return fitted


def _fit_distress(table: Table, unseen: Bools, seed: int) -> MultiLabelEstimator:
    first = np.unique(table.draft_of, return_index=True)[1]
    target = np.array([[draft.distress] for draft in (table.drafts[table.draft_of[row]] for row in first)])
    estimator = MultiLabelEstimator(precision_weight=PRECISION_WEIGHT, seed=seed)
    groups = [table.writers[row] for row in first]
    return estimator.fit(pooled(table.x, table.draft_of), target, unseen=unseen[first], groups=groups)
