"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "dc642c362c4a2b52fa78dbee96301fd9c782cb9880da3632f920fce88594d1ed"
SHIPPED_ENCODER_SHA256 = "f555dc65a1ea023874d4767b3738d0f606430a9d72062e3bc47c8d59c237c127"
