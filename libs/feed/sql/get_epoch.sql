-- The database's own identity: another cluster (a dump restored) or another timeline (a backup restored, a standby promoted)
-- is another history.
SELECT e.epoch::text AS epoch, e.timeline,
       (SELECT system_identifier FROM pg_control_system())::text || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
         AS current_timeline
  FROM (SELECT true AS here) one
  LEFT JOIN feed_epoch e ON true
