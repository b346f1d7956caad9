"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "110f94bed658aa1e79399ba264e71c45fb36dc9ff6b753b3d061ce07e70cf828"
SHIPPED_ENCODER_SHA256 = "96616a439d5a3fae3ea765606e379a1fece49b8cbbe766e795725a05385bdaf0"
