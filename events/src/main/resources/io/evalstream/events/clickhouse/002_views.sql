-- What readers use: the newest row of every key, and what follows from those rows.

CREATE OR REPLACE VIEW runs_current AS SELECT * FROM runs FINAL;

CREATE OR REPLACE VIEW run_producers_current AS SELECT * FROM run_producers FINAL;

CREATE OR REPLACE VIEW request_outcomes_current AS SELECT * FROM request_outcomes FINAL;

CREATE OR REPLACE VIEW generator_health_current AS SELECT * FROM generator_health FINAL;

CREATE OR REPLACE VIEW latency_windows_current AS SELECT * FROM latency_windows FINAL;

CREATE OR REPLACE VIEW run_counts_current AS SELECT * FROM run_counts FINAL;

CREATE OR REPLACE VIEW dead_letters_current AS SELECT * FROM dead_letters FINAL;

-- Run-to-date: every metric of a run over all its windows. Quantiles are nearest-rank within 1%.
CREATE OR REPLACE VIEW run_metrics_current AS
WITH
    1.01 / 0.99 AS gamma,
    [0.5, 0.9, 0.95, 0.99] AS probabilities,
    arrayMap(
        p -> if(
            greatest(1, ceil(p * count)) <= zero_count,
            0.,
            least(
                toFloat64(max),
                greatest(
                    toFloat64(min),
                    1.01 * pow(gamma, keys[arrayFirstIndex(c -> zero_count + c >= greatest(1, ceil(p * count)), cumulated)])))),
        probabilities) AS quantiles
SELECT
    run_id, scenario, metric,
    windows, count, zero_count, sum, min, max,
    sum / count AS mean,
    sqrt(greatest(0., toFloat64(sum_of_squares) / count - pow(sum / count, 2))) AS standard_deviation,
    quantiles[1] AS p50,
    quantiles[2] AS p90,
    quantiles[3] AS p95,
    quantiles[4] AS p99,
    first_window, last_window
FROM
(
    SELECT
        w.run_id AS run_id, w.scenario AS scenario, w.metric AS metric,
        count() AS windows,
        sum(w.count) AS count,
        sum(w.zero_count) AS zero_count,
        sum(w.sum) AS sum,
        sum(w.sum_of_squares) AS sum_of_squares,
        min(w.min) AS min,
        max(w.max) AS max,
        sumMap(w.bins) AS merged,
        mapKeys(merged) AS keys,
        arrayCumSum(mapValues(merged)) AS cumulated,
        min(w.window_start) AS first_window,
        max(w.window_start) AS last_window
    FROM latency_windows_current AS w
    GROUP BY run_id, scenario, metric
);

-- One row per run: what was planned, who produces, how it stands.
CREATE OR REPLACE VIEW run_status_current AS
SELECT
    r.run_id AS run_id,
    r.at AS planned_at,
    r.kind AS kind,
    r.model AS model,
    r.release AS release,
    r.planned_items AS planned_items,
    r.producers AS producers_planned,
    p.producers_seen AS producers_seen,
    p.last_at AS last_at,
    multiIf(
        p.producers_seen < r.producers AND p.lost = 0, 'starting',
        p.ended < p.producers_seen, 'running',
        p.lost > 0, 'lost',
        p.failed > 0, 'failed',
        p.aborted > 0, 'aborted',
        p.stopped > 0, 'stopped_by_verdict',
        'completed') AS status,
    p.reasons AS reasons
FROM runs_current AS r
LEFT JOIN
(
    SELECT
        run_id,
        count() AS producers_seen,
        max(at) AS last_at,
        countIf(state IN ('finished', 'lost')) AS ended,
        countIf(state = 'lost') AS lost,
        countIf(status = 'failed') AS failed,
        countIf(status = 'aborted') AS aborted,
        countIf(status = 'stopped_by_verdict') AS stopped,
        groupArrayIf(concat(producer_id, ': ', reason), reason != '') AS reasons
    FROM run_producers_current
    GROUP BY run_id
) AS p ON p.run_id = r.run_id;

-- Sent against counted, by producer and topic.
CREATE OR REPLACE VIEW producer_completeness AS
SELECT
    u.run_id AS run_id,
    u.producer_id AS producer_id,
    u.topic AS topic,
    max(u.state) AS state,
    sum(u.sent_records) AS sent_records,
    sum(u.counted_records) AS counted_records,
    sum(u.sent_tokens) AS sent_tokens,
    sum(u.counted_tokens) AS counted_tokens,
    sum(u.duplicates) AS duplicates,
    sum(u.missing) AS missing
FROM
(
    SELECT
        p.run_id AS run_id, p.producer_id AS producer_id, topic, p.state AS state,
        p.sent_records[topic] AS sent_records, toUInt64(0) AS counted_records,
        p.sent_tokens[topic] AS sent_tokens, toUInt64(0) AS counted_tokens,
        toUInt64(0) AS duplicates, toUInt64(0) AS missing
    FROM run_producers_current AS p
    ARRAY JOIN mapKeys(p.sent_records) AS topic
    UNION ALL
    SELECT
        run_id, producer_id, topic, '' AS state,
        toUInt64(0), records, toUInt64(0), tokens, duplicates, missing
    FROM run_counts_current
) AS u
GROUP BY run_id, producer_id, topic;

-- Sent against counted against stored, by topic. What is stored of token timings are the windows:
-- they hold the tokens and not the records.
CREATE OR REPLACE VIEW run_completeness AS
SELECT
    c.run_id AS run_id,
    c.topic AS topic,
    c.sent_records AS sent_records,
    c.counted_records AS counted_records,
    s.stored_records AS stored_records,
    c.sent_tokens AS sent_tokens,
    c.counted_tokens AS counted_tokens,
    s.stored_tokens AS stored_tokens,
    c.duplicates AS duplicates,
    c.missing AS missing,
    c.sent_records = c.counted_records
        AND c.sent_tokens = c.counted_tokens
        AND (s.stored_records IS NULL OR s.stored_records = c.counted_records)
        AND coalesce(s.stored_tokens, 0) = c.counted_tokens
        AND (s.stored_records IS NOT NULL OR c.topic = 'token-timings') AS complete
FROM
(
    SELECT
        p.run_id AS run_id, p.topic AS topic,
        sum(p.sent_records) AS sent_records, sum(p.counted_records) AS counted_records,
        sum(p.sent_tokens) AS sent_tokens, sum(p.counted_tokens) AS counted_tokens,
        sum(p.duplicates) AS duplicates, sum(p.missing) AS missing
    FROM producer_completeness AS p
    GROUP BY run_id, topic
) AS c
LEFT JOIN
(
    SELECT run_id, 'request-outcomes' AS topic, toNullable(count()) AS stored_records, toNullable(sum(output_tokens)) AS stored_tokens
    FROM request_outcomes_current GROUP BY run_id
    UNION ALL
    SELECT run_id, 'generator-health', toNullable(count()), toNullable(toUInt64(0))
    FROM generator_health_current GROUP BY run_id
    UNION ALL
    SELECT run_id, 'token-timings', CAST(NULL, 'Nullable(UInt64)'), toNullable(sum(sum))
    FROM latency_windows_current WHERE metric = 'chunk_tokens' GROUP BY run_id
) AS s ON s.run_id = c.run_id AND s.topic = c.topic;
