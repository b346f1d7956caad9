"""Print what reading costs: warm and cold, one draft and many, beside the bare cost of the encoder's pass.

Usage: python benchmarks/speed.py
"""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from nlp import Assistant
from nlp.encoder import shipped_encoder
from nlp.examples import shipped_examples
from nlp.segmentation import sentence_bounds

DRAFT = (
    "Thanks for fetching the parcel, that saved me a trip. You said you'd be back by seven and it was nearly ten when "
    "the car pulled in. You never think to send one line, do you? I'd made the curry and I sat there watching it go "
    "cold. Tell me tonight what is going on or I'm sleeping at Maya's. Could we eat together on Friday?"
)
#: Sentences that are flagged, each a place of its own.
PLACES = (
    "You never ring me when you're out.",
    "You're so selfish.",
    "Answer me right now.",
    "You lied to me about the credit card.",
    "Why can't you be more like Tom?",
    "After everything I did for your mum you can't even say thank you.",
    "You never listen to me when I talk about work.",
    "You spent £300 on trainers without telling me.",
    "You never text me back.",
    "You are pathetic.",
    "You always put your mates first.",
    "Tell me where you were last night or I'm leaving.",
    "You ruined my birthday.",
    "You don't care about me.",
    "You always forget the bins.",
    "You need to call me tonight.",
    "You never help with the kids.",
    "You lied to me about Friday.",
    "You're so lazy.",
    "You never ask how my day was.",
)


def median_ms(run: Callable[[], object], times: int) -> float:
    """Return the median of a call in milliseconds, after three calls that do not count."""
    for _ in range(3):
        run()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def cold_seconds(times: int = 5) -> float:
    """Return the median wall time of `gentle-draft check` on a fresh process."""
    command = [str(Path(sys.executable).parent / "gentle-draft"), "check", "--format", "json"]
    took = []
    for _ in range(times + 1):
        began = time.perf_counter()
        subprocess.run(command, input=DRAFT.encode(), capture_output=True, check=False)
        took.append(time.perf_counter() - began)
    return statistics.median(took[1:])


def main() -> None:
    assistant, encoder = Assistant.load(), shipped_encoder()
    bounds = sentence_bounds(DRAFT)
    print(f"draft of {len(DRAFT.split())} words, {len(bounds)} sentences; medians")
    print(f"encoder's pass alone          {median_ms(lambda: encoder.encode(DRAFT, bounds), 50):8.1f} ms")
    print(f"read: flags and notes         {median_ms(lambda: assistant.reflect(DRAFT, rewrite=False), 50):8.1f} ms")
    print(f"read and reword               {median_ms(lambda: assistant.reflect(DRAFT), 30):8.1f} ms")
    many = "\n\n".join(PLACES)
    places = len(assistant.reflect(many).suggestions)
    print(f"read and reword {places:2} places     {median_ms(lambda: assistant.reflect(many), 5):8.1f} ms")
    drafts = [d.text for d in shipped_examples("dev")]
    began = time.perf_counter()
    sentences = sum(len(assistant.reflect(text, rewrite=False).sentences) for text in drafts)
    print(f"one after the other           {sentences / (time.perf_counter() - began):8.0f} sentences/s")
    began = time.perf_counter()
    encoder.encode_batch([(text, sentence_bounds(text)) for text in drafts])
    print(f"encoder alone, in batches     {sentences / (time.perf_counter() - began):8.0f} sentences/s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process   {peak:8.0f} MiB")
    print(f"gentle-draft check, cold      {cold_seconds():8.2f} s")
    shipped = sum(p.stat().st_size for p in Path(__file__).parent.parent.joinpath("models").rglob("*") if p.is_file())
    print(f"size of models/               {shipped / 1e6:8.1f} MB")


if __name__ == "__main__":
    main()
