SELECT EXISTS (SELECT FROM feed_outbox) AS waiting,
       NOT EXISTS (SELECT FROM feed_sequencer WHERE sequenced_until_at > now() - make_interval(secs => $1)) AS heartbeat_due
