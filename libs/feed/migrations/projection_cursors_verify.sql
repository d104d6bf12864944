-- See projection_cursors.sql.
SELECT source, cursor, heartbeat_at FROM projection_cursors WHERE false;
SELECT 1 / (NOT has_table_privilege(:'app', 'projection_cursors', 'UPDATE'))::int;
