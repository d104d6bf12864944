INSERT INTO projection_cursors AS p (source, cursor, heartbeat_at) VALUES ($1, $2, $3)
ON CONFLICT ON CONSTRAINT projection_cursors_pkey DO UPDATE
   SET cursor = EXCLUDED.cursor, heartbeat_at = coalesce(EXCLUDED.heartbeat_at, p.heartbeat_at)
