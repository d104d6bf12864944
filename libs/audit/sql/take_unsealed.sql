SELECT u.transaction_id, u.region_id, u.id::text AS id, u.digests
  FROM audit_unsealed($1, $2, $3, $4, $5, $6, $7, $8, $9) u
