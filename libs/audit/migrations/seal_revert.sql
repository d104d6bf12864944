-- See seal.sql.
DROP FUNCTION audit_backlog(bigint, bigint, bigint[], bigint, bigint[], bigint, text, uuid);
DROP FUNCTION audit_unsealed(bigint, bigint, bigint[], bigint, bigint[], bigint, text, uuid, bigint);
DROP FUNCTION audit_is_unsealed(bigint, bigint, bigint[], bigint, bigint[]);
DROP FUNCTION audit_micros(timestamptz);
DROP FUNCTION audit_field(text);
DROP FUNCTION audit_field(bytea);
DROP TABLE audit_checkpoints, audit_segments, audit_trail;
DROP POLICY audit_entry_subjects_export ON audit_entry_subjects;
DROP POLICY audit_entries_export ON audit_entries;
ALTER TABLE audit_entry_subjects RESET (autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_insert_threshold);
ALTER TABLE audit_entries RESET (autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_insert_threshold);
DROP INDEX audit_entry_subjects_entry_idx;
ALTER TABLE audit_entries DROP COLUMN transaction_id;
GRANT INSERT ON audit_entries TO :"app", :"worker";
