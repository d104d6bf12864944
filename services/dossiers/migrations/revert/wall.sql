-- Revert dossiers:wall from pg
-- Back to the policies of row_security: all are taken down, with the privileges of the servers, and its script is run again.
\ir row_security.sql
DROP FUNCTION vsv_serves_residence(text, uuid);
DROP FUNCTION vsv_sees_dossier(text, uuid);
\ir ../deploy/row_security.sql
