-- No row: there is no trail yet. The database's own snapshot is that of this statement, which comes before the transaction
-- has a number: so every later transaction has a higher one than all that this snapshot knows, also after a crash.
SELECT t.trail_id::text AS trail_id, t.checkpoint_number, t.tree_size, t.peaks, t.sealed_snapshot, t.taking_snapshot,
       t.after_transaction, t.after_region_id, t.after_id::text AS after_id, pg_current_snapshot()::text AS current_snapshot
  FROM (SELECT true AS here) one
  LEFT JOIN audit_trail t ON true
