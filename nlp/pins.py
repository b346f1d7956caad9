"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "5fed6c57c07e4c03a20bc4ac3c0cdb7f2e0ce3c3d97eb3a40802042433936d9d"
SHIPPED_ENCODER_SHA256 = "96616a439d5a3fae3ea765606e379a1fece49b8cbbe766e795725a05385bdaf0"
