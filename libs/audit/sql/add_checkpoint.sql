INSERT INTO audit_checkpoints (number, trail_id, tree_size, restored_after_trail, restored_after_size, note)
VALUES ($1, $2::uuid, $3, $4::uuid, $5, $6)
