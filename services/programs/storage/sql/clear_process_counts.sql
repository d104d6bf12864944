-- Begin afresh: the source no longer knows our cursor.
WITH days AS (DELETE FROM process_counts)
DELETE FROM process_months
