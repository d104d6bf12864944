-- See audit.sql.
DROP TABLE audit_entry_subjects, audit_entries, subject_keys;
