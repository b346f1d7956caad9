"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "77403dbd60137b0bf60eb36d8359c1359d4a954a4222ac63bbde370c2120975d"
SHIPPED_ENCODER_SHA256 = "3b68a3011765f287251fa283b2400aeacf11f3d09bbe7bdaabacec85b003275d"
