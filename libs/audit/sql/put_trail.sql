INSERT INTO audit_trail (trail_id, checkpoint_number, tree_size, peaks, sealed_snapshot, taking_snapshot, after_transaction,
                         after_region_id, after_id)
VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9::uuid)
ON CONFLICT ON CONSTRAINT audit_trail_pkey DO UPDATE
   SET trail_id = EXCLUDED.trail_id, checkpoint_number = EXCLUDED.checkpoint_number, tree_size = EXCLUDED.tree_size,
       peaks = EXCLUDED.peaks, sealed_snapshot = EXCLUDED.sealed_snapshot, taking_snapshot = EXCLUDED.taking_snapshot,
       after_transaction = EXCLUDED.after_transaction, after_region_id = EXCLUDED.after_region_id, after_id = EXCLUDED.after_id
