"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "2e8122bcd1a38d727ffc974e0b5152b4b2052fbca37843adcbeeea0f28fb6bbc"
SHIPPED_ENCODER_SHA256 = "ea2adcc0799b3574db8ab0686d9d816a6949207c0ad65f5e8379cf3e76ed5ab6"
