SELECT e.epoch::text AS epoch, s.sequenced_until_at, (SELECT count(*) FROM feed_outbox) AS unsequenced
  FROM (SELECT true AS here) one
  LEFT JOIN feed_epoch e ON true
  LEFT JOIN feed_sequencer s ON true
