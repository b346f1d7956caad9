"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "d1c190ff21f995647bcea120de90e3993121f300f66f5586e524644b968a8683"
SHIPPED_ENCODER_SHA256 = "96616a439d5a3fae3ea765606e379a1fece49b8cbbe766e795725a05385bdaf0"
