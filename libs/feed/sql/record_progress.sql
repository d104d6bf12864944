INSERT INTO feed_sequencer AS s (sequenced_until_at) VALUES ($1)
ON CONFLICT ON CONSTRAINT feed_sequencer_pkey DO UPDATE
   SET sequenced_until_at = EXCLUDED.sequenced_until_at
 WHERE s.sequenced_until_at < EXCLUDED.sequenced_until_at
