"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "7f4d522d36827a1c1e797a567f317ae26a19b2bf2455dd8bb82f5a35f4f8b545"
SHIPPED_ENCODER_SHA256 = "ea2adcc0799b3574db8ab0686d9d816a6949207c0ad65f5e8379cf3e76ed5ab6"
