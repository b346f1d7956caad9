"""Open the shipped networks with ONNX Runtime, alike."""

from pathlib import Path

from onnxruntime import InferenceSession, SessionOptions


def network(path: Path, threads: int) -> InferenceSession:
    """Return a network that runs on the processor, with so many threads, and warns of nothing."""
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
