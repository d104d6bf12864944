-- The checkpoint of a state of a trail, and the restore after it.
SELECT c.number, c.note, r.number AS restore_number, r.note AS restore_note
  FROM (SELECT true AS here) one
  LEFT JOIN audit_checkpoints c ON c.trail_id = $1::uuid AND c.tree_size = $2
  LEFT JOIN audit_checkpoints r ON r.restored_after_trail = $1::uuid AND r.restored_after_size = $2
 ORDER BY r.number
 LIMIT 1
