-- See idempotency.sql for the convention.
DROP TABLE request_records;
