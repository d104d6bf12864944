-- Revert outcomes:published_untold from pg
-- What was withheld is gone, and a table that has it withheld is whole.
BEGIN;
COMMIT;
