-- Begin afresh: the source no longer knows our cursor.
DELETE FROM process_counts
