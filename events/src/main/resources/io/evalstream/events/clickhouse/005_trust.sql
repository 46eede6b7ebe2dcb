-- What generators think of their own figures, and which part of the plan each sends.
ALTER TABLE run_producers ADD COLUMN IF NOT EXISTS shard Nullable(UInt32) COMMENT 'from 0';

ALTER TABLE run_producers ADD COLUMN IF NOT EXISTS judged Bool DEFAULT false;

ALTER TABLE run_producers ADD COLUMN IF NOT EXISTS doubts Array(String) COMMENT 'why its percentiles are not of the server alone';

ALTER TABLE generator_health ADD COLUMN IF NOT EXISTS judged Bool DEFAULT false;

ALTER TABLE generator_health ADD COLUMN IF NOT EXISTS doubts Array(LowCardinality(String)) COMMENT 'what made the second doubtful';

CREATE OR REPLACE VIEW run_producers_current AS SELECT * FROM run_producers FINAL;

CREATE OR REPLACE VIEW generator_health_current AS SELECT * FROM generator_health FINAL;

-- The seconds of a run in which a generator doubted itself. A look of a generator is about the time
-- since its look before.
CREATE OR REPLACE VIEW untrusted_seconds AS
SELECT
    run_id,
    fromUnixTimestamp64Micro(1000000 * number, 'UTC') AS second,
    arraySort(groupUniqArrayArray(doubts)) AS doubts
FROM
(
    SELECT
        run_id, doubts,
        arrayJoin(range(
            intDiv(toUnixTimestamp64Micro(since), 1000000),
            intDiv(toUnixTimestamp64Micro(at) - 1, 1000000) + 1)) AS number
    FROM
    (
        SELECT
            run_id, at, doubts,
            lagInFrame(at, 1, at - INTERVAL 1 SECOND)
                OVER (PARTITION BY run_id, producer_id ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS since
        FROM generator_health_current
    )
    WHERE notEmpty(doubts)
)
GROUP BY run_id, number;

-- A window is untrusted when a generator doubted itself in its second.
CREATE OR REPLACE VIEW latency_windows_current AS
SELECT
    w.run_id AS run_id, w.scenario AS scenario, w.metric AS metric,
    w.window_us AS window_us, w.window_start AS window_start,
    w.version AS version, w.complete AS complete,
    w.count AS count, w.zero_count AS zero_count, w.sum AS sum, w.sum_of_squares AS sum_of_squares,
    w.min AS min, w.max AS max, w.bins AS bins,
    CAST(notEmpty(u.doubts), 'Bool') AS untrusted,
    u.doubts AS doubts
FROM latency_windows AS w FINAL
LEFT JOIN untrusted_seconds AS u ON u.run_id = w.run_id AND u.second = w.window_start;

-- These need no doubts and read the table itself.
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
    FROM latency_windows AS w FINAL
    GROUP BY run_id, scenario, metric
);

CREATE OR REPLACE VIEW window_completeness AS
SELECT
    o.run_id AS run_id,
    w.ttft = o.ok
        AND w.ttft_from_schedule = o.ok
        AND w.e2el = o.ok
        AND w.e2el_from_schedule = o.ok
        AND w.send_lag = o.ok
        AND w.prompt_tokens = o.ok
        AND w.output_tokens = o.ok
        AND w.tpot = o.several_tokens
        AND w.failed = o.failed AS requests_complete,
    w.itl = o.gaps AS gaps_complete
FROM
(
    SELECT
        run_id,
        countIf(status = 'ok') AS ok,
        countIf(status != 'ok') AS failed,
        countIf(status = 'ok' AND output_tokens > 1) AS several_tokens,
        sum(if(chunks > 0, chunks - 1, 0)) AS gaps
    FROM request_outcomes_current
    GROUP BY run_id
) AS o
LEFT JOIN
(
    SELECT
        c.run_id AS run_id,
        sumIf(c.count, c.metric = 'ttft') AS ttft,
        sumIf(c.count, c.metric = 'ttft_from_schedule') AS ttft_from_schedule,
        sumIf(c.count, c.metric = 'e2el') AS e2el,
        sumIf(c.count, c.metric = 'e2el_from_schedule') AS e2el_from_schedule,
        sumIf(c.count, c.metric = 'send_lag') AS send_lag,
        sumIf(c.count, c.metric = 'prompt_tokens') AS prompt_tokens,
        sumIf(c.count, c.metric = 'output_tokens') AS output_tokens,
        sumIf(c.count, c.metric = 'tpot') AS tpot,
        sumIf(c.count, c.metric = 'failed') AS failed,
        sumIf(c.count, c.metric = 'itl') AS itl
    FROM latency_windows AS c FINAL
    GROUP BY run_id
) AS w ON w.run_id = o.run_id;

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
    p.reasons AS reasons,
    p.completed AS producers_completed,
    multiIf(
        p.doubted > 0, 'untrusted',
        p.producers_seen >= r.producers AND p.judged = p.producers_seen, 'trusted',
        'unknown') AS trust
FROM runs_current AS r
LEFT JOIN
(
    SELECT
        run_id,
        count() AS producers_seen,
        max(at) AS last_at,
        countIf(state IN ('finished', 'lost')) AS ended,
        countIf(state = 'lost') AS lost,
        countIf(status = 'completed') AS completed,
        countIf(judged) AS judged,
        countIf(notEmpty(doubts)) AS doubted,
        countIf(status = 'failed') AS failed,
        countIf(status = 'aborted') AS aborted,
        countIf(status = 'stopped_by_verdict') AS stopped,
        groupArrayIf(concat(producer_id, ': ', reason), reason != '') AS reasons
    FROM run_producers_current
    GROUP BY run_id
) AS p ON p.run_id = r.run_id;
