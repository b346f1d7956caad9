"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "fea52852a99405ea9673e3d4e810185f170ee1cc00f6c0e071f93c16bee96ca0"
SHIPPED_ENCODER_SHA256 = "f555dc65a1ea023874d4767b3738d0f606430a9d72062e3bc47c8d59c237c127"
