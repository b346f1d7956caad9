"""Checksums of the shipped models, written by `gentle-draft train --ship`."""

SHIPPED_ESTIMATOR_SHA256 = "354f736ed76a444f2eec40444b19f93f1becdbba43be5998322bdc2202c81618"
SHIPPED_ENCODER_SHA256 = "3b68a3011765f287251fa283b2400aeacf11f3d09bbe7bdaabacec85b003275d"
