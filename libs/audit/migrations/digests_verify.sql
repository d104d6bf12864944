-- See digests.sql. The length of a field is of its UTF-8.
SELECT 1 / (current_setting('server_encoding') = 'UTF8')::int;
SELECT 1 / (audit_field('één'::text) = '\x00000005c3a9c3a96e'::bytea AND audit_field(NULL::text) = '\xffffffff'::bytea)::int;
SELECT 1 / (count(*) = 2)::int
  FROM pg_proc
 WHERE oid IN ('audit_field(text)'::regprocedure, 'audit_micros(timestamptz)'::regprocedure) AND provolatile = 's';
