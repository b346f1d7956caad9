"""Model files: opened only with the right checksum, and only with the library they were made with."""

import json
import subprocess
import sys
from pathlib import Path

import joblib
import numpy as np
import pytest

from nlp import decoder, model_store
from nlp.errors import ModelError
from nlp.estimator import Estimator, MultiLabelEstimator, NameEstimator, fit_projection
from nlp.model_store import Card, load, load_shipped, read_card, save, sha256_of
from nlp.paths import shipped_dir
from nlp.pins import SHIPPED_DECODER_SHA256, SHIPPED_ENCODER_SHA256, SHIPPED_ESTIMATOR_SHA256, SHIPPED_WORDS_SHA256


class Bomb:
    """Unpickling it would write a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.write_text, (self.path, "opened")


def test_the_shipped_files_are_the_ones_pinned_in_code() -> None:
    models = shipped_dir("models")
    assert sha256_of(models / "estimator" / model_store.FILE) == SHIPPED_ESTIMATOR_SHA256
    assert sha256_of(models / "encoder" / "model.onnx") == SHIPPED_ENCODER_SHA256
    assert sha256_of(models / "encoder" / "words.npz") == SHIPPED_WORDS_SHA256
    assert sha256_of(*(models / "decoder" / name for name in decoder.FILES)) == SHIPPED_DECODER_SHA256
    assert load_shipped().card.encoder_sha256 == SHIPPED_ENCODER_SHA256


def test_a_saved_model_comes_back_with_its_card(tmp_path: Path) -> None:
    stored = load_shipped()
    card = save(tmp_path / "m", stored.estimator, Card(version="mine"))
    again = load(tmp_path / "m")
    assert again.card == card and again.card.versions["scikit-learn"]
    assert (again.estimator.labels.thresholds_ == stored.estimator.labels.thresholds_).all()


def test_an_altered_model_is_never_unpickled(tmp_path: Path) -> None:
    save(tmp_path / "m", load_shipped().estimator, Card(version="mine"))
    trap = tmp_path / "trap.txt"
    joblib.dump(Bomb(trap), tmp_path / "m" / model_store.FILE)
    with pytest.raises(ModelError, match="altered or is incomplete"):
        load(tmp_path / "m")
    assert not trap.exists()


def test_a_truncated_or_missing_model_is_one_clear_sentence(tmp_path: Path) -> None:
    save(tmp_path / "m", load_shipped().estimator, Card(version="mine"))
    file = tmp_path / "m" / model_store.FILE
    file.write_bytes(file.read_bytes()[:1000])
    with pytest.raises(ModelError, match="use another version"):
        load(tmp_path / "m")
    file.unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        load(tmp_path / "m")
    with pytest.raises(ModelError, match="card"):
        read_card(tmp_path / "nothing")


def test_a_model_of_another_scikit_learn_is_refused(tmp_path: Path) -> None:
    save(tmp_path / "m", load_shipped().estimator, Card(version="mine"))
    path = tmp_path / "m" / model_store.CARD
    card = json.loads(path.read_text(encoding="utf-8"))
    card["versions"]["scikit-learn"] = "1.0.0"
    path.write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError, match=r"scikit-learn 1\.0\.0"):
        load(tmp_path / "m")


def test_a_model_is_opened_and_asked_without_importing_scikit_learn(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    raw, y = rng.normal(size=(200, 30)).astype(np.float32), rng.random((200, 3)) < 0.4
    projection = fit_projection(raw, 1)
    x = projection.transform(raw)
    labels, names = MultiLabelEstimator().fit(x, y), NameEstimator().fit(x, rng.choice(["a", "b"], 200).tolist())
    save(tmp_path / "m", Estimator(projection, labels, labels, {"blame": names}, labels, names), Card(version="mine"))
    code = (
        "import sys, numpy as np\nfrom pathlib import Path\nfrom nlp.model_store import load\n"
        "e = load(Path('m')).estimator\nx = e.project(np.ones((2, 30), dtype=np.float32))\n"
        "e.labels.predict(x), e.signs['blame'].predict(x), e.situations.likeliest(x, 1)\n"
        "print(*(name for name in ('sklearn', 'scipy', 'pandas') if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == ""
