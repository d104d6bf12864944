-- See idempotency.sql for the convention.
SELECT caller, method, region_id, request_id, body_hash, reference, created_at, expires_at FROM request_records WHERE false;
SELECT 1 / (has_table_privilege(:'app', 'request_records', 'INSERT, SELECT, UPDATE'))::int;
SELECT 1 / (NOT has_table_privilege(:'app', 'request_records', 'DELETE'))::int;
