-- The seal on the audit trail (libs/audit): which entries were there, in one order, by when. Convention: see
-- libs/pg/migrations/idempotency.sql. Behind the acts: an act pays for one column and the summaries of two BRIN indexes.

-- Which transaction wrote an entry: with a snapshot of the sealer it tells whether the entry was committed when that looked,
-- however late it commits. A default that nobody who appends may give a value of his own.
ALTER TABLE audit_entries ADD COLUMN transaction_id bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint;
REVOKE INSERT ON audit_entries FROM :"app", :"worker";
GRANT INSERT (region_id, id, recorded_at, method, resource_kind, organisation_id, acting_organisation_id, user_id, purpose,
              processing_activity, categories, outcome, trace_id) ON audit_entries TO :"app", :"worker";
CREATE INDEX audit_entries_transaction_idx ON audit_entries USING brin (transaction_id) WITH (pages_per_range = 32);
CREATE INDEX audit_entry_subjects_entry_idx ON audit_entry_subjects USING brin (entry_id) WITH (pages_per_range = 32);
-- What is not summarised yet is read at every look of the sealer.
ALTER TABLE audit_entries SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);
ALTER TABLE audit_entry_subjects SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);

-- The owner exports the trail, and its functions below hash it. It could open the wall for itself anyway.
CREATE POLICY audit_entries_export ON audit_entries FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY audit_entry_subjects_export ON audit_entry_subjects FOR SELECT TO CURRENT_USER USING (true);

-- Where the sealer is. One row, once there is a trail.
CREATE TABLE audit_trail (
  is_the_one        boolean NOT NULL DEFAULT true,
  trail_id          uuid    NOT NULL,
  checkpoint_number bigint  NOT NULL,  -- the last one
  tree_size         bigint  NOT NULL,
  peaks             bytea   NOT NULL,  -- the right edge of the tree
  sealed_snapshot   text    NOT NULL,  -- what was committed in it is sealed
  taking_snapshot   text,              -- in the middle of taking what was committed in this one,
  after_transaction bigint  NOT NULL DEFAULT 0,  -- behind this entry
  after_region_id   text    NOT NULL DEFAULT '',
  after_id          uuid    NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  CONSTRAINT audit_trail_pkey PRIMARY KEY (is_the_one),
  CONSTRAINT audit_trail_one_row CHECK (is_the_one)
) WITH (fillfactor = 10);

-- The leaves, many to a row: the entries in order, and for each 32 bytes of what it says and 32 of whom it is about.
CREATE TABLE audit_segments (
  first_leaf bigint NOT NULL,
  entry_ids  uuid[] NOT NULL,
  digests    bytea  NOT NULL,
  CONSTRAINT audit_segments_pkey PRIMARY KEY (first_leaf),
  CONSTRAINT audit_segments_digests_length CHECK (octet_length(digests) = 64 * cardinality(entry_ids))
);

-- Hashes do not compress; one of many is read without the others.
ALTER TABLE audit_segments ALTER COLUMN digests SET STORAGE EXTERNAL;

-- Signed states of the tree (libs/audit/checkpoint.h). The same notes stand in a file outside of the database.
CREATE TABLE audit_checkpoints (
  number               bigint NOT NULL,
  trail_id             uuid   NOT NULL,
  tree_size            bigint NOT NULL,
  restored_after_trail uuid,
  restored_after_size  bigint,
  note                 text   NOT NULL,
  CONSTRAINT audit_checkpoints_pkey PRIMARY KEY (number),
  CONSTRAINT audit_checkpoints_size_key UNIQUE (trail_id, tree_size)
);

-- NULL is told from '': a length of 2^32 - 1, which no text has.
CREATE FUNCTION audit_field(value bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(int4send(octet_length(value)) || value, '\xffffffff'::bytea)
$$;
CREATE FUNCTION audit_field(value text) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT audit_field(convert_to(value, 'UTF8'))
$$;

-- Microseconds since 1970.
CREATE FUNCTION audit_micros(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN isfinite(moment) THEN (extract(epoch FROM moment) * 1000000)::bigint::text
              WHEN moment = 'infinity' THEN 'infinity' ELSE '-infinity' END
$$;

-- Whether an entry is to be sealed: its transaction had ended in the snapshot that is being taken, and not in the one that is
-- sealed. Of each snapshot: the first transaction that it does not know, and those that were running.
CREATE FUNCTION audit_is_unsealed(transaction_id bigint, sealed_from bigint, sealed_running bigint[], taken_until bigint,
                                  taken_running bigint[])
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (transaction_id >= sealed_from OR transaction_id = ANY (sealed_running))
         AND transaction_id < taken_until AND transaction_id <> ALL (taken_running)
$$;

-- The digests of what is to be sealed next, in order. With the rights of the owner, so that the worker, who may read the keys
-- of subjects, never reads what stands under their hashes. The encoding: docs/adr/0016, libs/audit/leaf.h.
CREATE FUNCTION audit_unsealed(sealed_all_before bigint, sealed_from bigint, sealed_running bigint[], taken_until bigint,
                               taken_running bigint[], after_transaction bigint, after_region_id text, after_id uuid,
                               portion bigint)
RETURNS TABLE (transaction_id bigint, region_id text, id uuid, digests bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET enable_nestloop = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH portion AS MATERIALIZED (
      SELECT e.region_id, e.id, e.recorded_at, e.method, e.resource_kind, e.organisation_id, e.acting_organisation_id, e.user_id,
             e.purpose, e.processing_activity, e.categories, e.outcome, e.trace_id, e.transaction_id
        FROM audit_entries e
       WHERE e.transaction_id >= $1 AND e.transaction_id < $4 AND audit_is_unsealed(e.transaction_id, $2, $3, $4, $5)
         AND (e.transaction_id, e.region_id, e.id) > ($6, $7, $8)
       ORDER BY e.transaction_id, e.region_id, e.id
       LIMIT $9
    ), about AS MATERIALIZED (
      SELECT s.region_id, s.entry_id, string_agg(audit_field(s.subject_hash), ''::bytea ORDER BY s.subject_hash) AS subjects
        FROM audit_entry_subjects s
       WHERE s.entry_id >= (SELECT p.id FROM portion p ORDER BY p.id LIMIT 1)
         AND s.entry_id <= (SELECT p.id FROM portion p ORDER BY p.id DESC LIMIT 1)
       GROUP BY s.region_id, s.entry_id
    )
    SELECT p.transaction_id, p.region_id, p.id,
           sha256(audit_field('vsv-audit-entry-1'::text) || audit_field(p.region_id) || audit_field(p.id::text)
                  || audit_field(audit_micros(p.recorded_at)) || audit_field(p.method)
                  || audit_field(p.resource_kind) || audit_field(p.organisation_id) || audit_field(p.acting_organisation_id)
                  || audit_field(p.user_id) || audit_field(p.purpose) || audit_field(p.processing_activity)
                  || audit_field(to_json(p.categories)::text) || audit_field(p.outcome) || audit_field(p.trace_id)
                  || audit_field(p.transaction_id::text))
           || sha256(audit_field('vsv-audit-subjects-1'::text) || coalesce(a.subjects, ''::bytea))
      FROM portion p
      LEFT JOIN about a ON a.region_id = p.region_id AND a.entry_id = p.id
     ORDER BY p.transaction_id, p.region_id, p.id;
END
$$;

-- How much waits to be sealed, and since when.
CREATE FUNCTION audit_backlog(sealed_all_before bigint, sealed_from bigint, sealed_running bigint[], taken_until bigint,
                              taken_running bigint[], after_transaction bigint, after_region_id text, after_id uuid)
RETURNS TABLE (entries bigint, oldest_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  RETURN QUERY
    SELECT count(*), min(e.recorded_at)
      FROM audit_entries e
     WHERE e.transaction_id >= $1
       AND (audit_is_unsealed(e.transaction_id, $2, $3, $4, $5) AND (e.transaction_id, e.region_id, e.id) > ($6, $7, $8)
            OR e.transaction_id >= $4 OR e.transaction_id = ANY ($5));
END
$$;

REVOKE ALL ON FUNCTION audit_unsealed(bigint, bigint, bigint[], bigint, bigint[], bigint, text, uuid, bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_backlog(bigint, bigint, bigint[], bigint, bigint[], bigint, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_unsealed(bigint, bigint, bigint[], bigint, bigint[], bigint, text, uuid, bigint) TO :"worker";
GRANT EXECUTE ON FUNCTION audit_backlog(bigint, bigint, bigint[], bigint, bigint[], bigint, text, uuid) TO :"worker";
GRANT SELECT, INSERT, UPDATE ON audit_trail TO :"worker";
GRANT SELECT, INSERT ON audit_segments, audit_checkpoints TO :"worker";
