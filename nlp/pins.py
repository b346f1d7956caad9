"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "b8cb4c7d81c7cdad966bf6acfb8c3fd1a68bedc6b363ee7aa931621748578570"
SHIPPED_ENCODER_SHA256 = "96616a439d5a3fae3ea765606e379a1fece49b8cbbe766e795725a05385bdaf0"
