SELECT cursor, heartbeat_at FROM projection_cursors WHERE source = $1
