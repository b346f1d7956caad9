"""Open the shipped networks with ONNX Runtime, alike."""

from pathlib import Path

from onnxruntime import InferenceSession, SessionOptions


def network(model: Path | bytes, threads: int) -> InferenceSession:
    """Return a network, out of its file or what was in it, that runs on the processor with so many threads.

    It warns of nothing.
    """
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])
