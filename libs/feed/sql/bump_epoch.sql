INSERT INTO feed_epoch (epoch, timeline) VALUES ($1::uuid, $2)
ON CONFLICT ON CONSTRAINT feed_epoch_pkey DO UPDATE
   SET epoch = EXCLUDED.epoch, timeline = EXCLUDED.timeline, started_at = now()
