-- See seal.sql.
SELECT transaction_id FROM audit_entries WHERE false;
SELECT trail_id, checkpoint_number, tree_size, peaks, sealed_snapshot, taking_snapshot, after_transaction, after_region_id,
       after_id
  FROM audit_trail WHERE false;
SELECT first_leaf, entry_ids, digests FROM audit_segments WHERE false;
SELECT number, trail_id, tree_size, restored_after_trail, restored_after_size, note FROM audit_checkpoints WHERE false;
SELECT 1 / (NOT has_column_privilege(r, 'audit_entries', 'transaction_id', 'INSERT'))::int
  FROM unnest(ARRAY[:'app', :'worker']) AS r;
SELECT 1 / (NOT has_table_privilege(:'app', t, p))::int
  FROM unnest(ARRAY['audit_trail', 'audit_segments', 'audit_checkpoints']) AS t,
       unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p;
SELECT 1 / (NOT has_table_privilege(:'worker', t, p))::int
  FROM unnest(ARRAY['audit_segments', 'audit_checkpoints', 'audit_entries', 'audit_entry_subjects']) AS t,
       unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS p;
SELECT 1 / (NOT has_table_privilege(:'worker', t, 'SELECT'))::int
  FROM unnest(ARRAY['audit_entries', 'audit_entry_subjects']) AS t;
SELECT 1 / (NOT has_function_privilege(:'app', f, 'EXECUTE'))::int
  FROM unnest(ARRAY['audit_unsealed(bigint, bigint, bigint[], bigint, bigint[], bigint, text, uuid, bigint)',
                    'audit_backlog(bigint, bigint, bigint[], bigint, bigint[], bigint, text, uuid)']) AS f;
