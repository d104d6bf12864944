-- The audit trail of a service (libs/audit): who saw or changed what of whom, for which purpose (NEN 7513, Logboek
-- Dataverwerkingen). Convention: see libs/pg/migrations/idempotency.sql. Append-only for everybody but the owner.

-- One key per data subject. Erasing it makes the subject's entries nobody's, and leaves the log as it is.
CREATE TABLE subject_keys (
  region_id  text        NOT NULL,
  subject_id text        NOT NULL,
  key        bytea       NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT subject_keys_pkey PRIMARY KEY (region_id, subject_id),
  CONSTRAINT subject_keys_key_length CHECK (octet_length(key) = 32)
);

CREATE TABLE audit_entries (
  region_id              text        NOT NULL,
  id                     uuid        NOT NULL,
  recorded_at            timestamptz NOT NULL,
  method                 text        NOT NULL,  -- what: the operation
  resource_kind          text        NOT NULL,  -- of what
  organisation_id        text        NOT NULL,  -- on whose responsibility
  acting_organisation_id text        NOT NULL,  -- whose client: the supplier's under a mandate
  user_id                text,                  -- which person; NULL when a system acts
  purpose                text        NOT NULL,
  processing_activity    text        NOT NULL,  -- entry of the register of processing
  categories             text[]      NOT NULL,  -- that were disclosed or changed
  outcome                text        NOT NULL,
  trace_id               text        NOT NULL,
  CONSTRAINT audit_entries_pkey PRIMARY KEY (region_id, id),
  CONSTRAINT audit_entries_outcome_known CHECK (outcome IN ('GRANTED', 'REFUSED', 'NOT_FOUND'))
);

-- Whom an entry is about; one entry may name many.
CREATE TABLE audit_entry_subjects (
  region_id    text  NOT NULL,
  entry_id     uuid  NOT NULL,
  subject_hash bytea NOT NULL,  -- HMAC-SHA256 of the subject's id under the subject's key
  CONSTRAINT audit_entry_subjects_pkey PRIMARY KEY (region_id, subject_hash, entry_id),
  CONSTRAINT audit_entry_subjects_entry_fkey FOREIGN KEY (region_id, entry_id) REFERENCES audit_entries (region_id, id)
);

-- The second wall: what a transaction may read is the log of the one subject that the reader named. Writing is free.
ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entries FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_entry_subjects ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry_subjects FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_entries_append ON audit_entries FOR INSERT TO :"app", :"worker" WITH CHECK (true);
CREATE POLICY audit_entry_subjects_append ON audit_entry_subjects FOR INSERT TO :"app", :"worker" WITH CHECK (true);
CREATE POLICY audit_entry_subjects_read ON audit_entry_subjects FOR SELECT TO :"app"
  USING (encode(subject_hash, 'hex') = nullif(current_setting('vsv.audit_subject', true), ''));
CREATE POLICY audit_entries_read ON audit_entries FOR SELECT TO :"app"
  USING (EXISTS (SELECT FROM audit_entry_subjects s WHERE s.region_id = audit_entries.region_id AND s.entry_id = audit_entries.id));

GRANT INSERT, SELECT ON subject_keys TO :"app", :"worker";
GRANT DELETE ON subject_keys TO :"worker";
GRANT INSERT, SELECT ON audit_entries, audit_entry_subjects TO :"app";
GRANT INSERT ON audit_entries, audit_entry_subjects TO :"worker";
