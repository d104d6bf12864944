-- Deploy dossiers:request_references to pg
-- requires: erasure
-- An erasure blanks the requests that were made about a dossier, and read all of the last 72 hours to find them.
BEGIN;

-- By hash: references are looked up and never ordered, and every write pays for this index.
CREATE INDEX request_records_reference_idx ON request_records USING hash (reference);

COMMIT;
