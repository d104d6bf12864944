INSERT INTO audit_segments (first_leaf, entry_ids, digests) VALUES ($1, $2::uuid[], $3)
