"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "707da2571452bbb3426f7e96b30344f1def73a8ab5248945f1c823ee071ac1fc"
SHIPPED_ENCODER_SHA256 = "f555dc65a1ea023874d4767b3738d0f606430a9d72062e3bc47c8d59c237c127"
