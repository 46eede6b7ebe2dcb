-- A count that is withheld is a row of its own: it does not replace the one before it.

ALTER TABLE run_counts
    ADD COLUMN IF NOT EXISTS quarantined UInt64 COMMENT 'refused, their instant is ahead of the clock of the broker',
    ADD COLUMN IF NOT EXISTS outstanding UInt64 COMMENT 'sent before the job started anew, and not met again',
    ADD COLUMN IF NOT EXISTS withheld    Bool,
    MODIFY ORDER BY (run_id, producer_id, topic, withheld);

CREATE OR REPLACE VIEW run_counts_current AS SELECT * FROM run_counts FINAL WHERE NOT withheld;

-- What was not counted anew because Kafka no longer holds, or the job has not yet read, all of it.
-- The windows of such a run stay as they were.
CREATE OR REPLACE VIEW withheld_counts AS
SELECT
    w.run_id AS run_id, w.producer_id AS producer_id, w.topic AS topic,
    w.version AS version, w.records AS records, w.outstanding AS outstanding
FROM
(
    SELECT * FROM run_counts FINAL WHERE withheld AND outstanding > 0
) AS w
LEFT JOIN run_counts_current AS c
    ON c.run_id = w.run_id AND c.producer_id = w.producer_id AND c.topic = w.topic
WHERE w.version > c.version;
