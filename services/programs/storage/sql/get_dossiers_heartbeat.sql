-- Moment up to which the counts are known, by the clock of the dossiers service.
SELECT heartbeat_at FROM projection_cursors WHERE source = 'dossiers'
