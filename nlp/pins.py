"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "dff1c8f2f7892777644b60bd76b0455191e05b76c9a0404b6cd5abadcd1b9496"
SHIPPED_ENCODER_SHA256 = "42adc97600b46244759a008025de61c4fcf759c39404451bd07bbdc1bc8cb3dd"
