-- What a run's windows say together: load, throughput, success by cause, goodput, concurrency, grades.

-- How a run's requests are judged, as its plan says: by scenario, the bounds of every graded metric
-- from the best letter on, and the limits that make a request a good one, in ms. A request is good
-- when it ended well and keeps the best letter's bound of every statistic of TTFT, TPOT and E2EL.
CREATE OR REPLACE VIEW slo_current AS
SELECT
    run_id,
    JSONExtractString(s, 'name') AS scenario,
    JSONExtract(s, 'slo', 'letters', 'Array(String)') AS letters,
    JSONExtract(s, 'slo', 'bounds', 'Array(Tuple(metric String, limits Array(Float64)))') AS bounds,
    arrayReduce('min', arrayPushBack(arrayMap(b -> tupleElement(b, 2)[1], arrayFilter(b -> endsWith(tupleElement(b, 1), '_ttft_ms'), bounds)), inf)) AS ttft_ms,
    arrayReduce('min', arrayPushBack(arrayMap(b -> tupleElement(b, 2)[1], arrayFilter(b -> endsWith(tupleElement(b, 1), '_tpot_ms'), bounds)), inf)) AS tpot_ms,
    arrayReduce('min', arrayPushBack(arrayMap(b -> tupleElement(b, 2)[1], arrayFilter(b -> endsWith(tupleElement(b, 1), '_e2el_ms'), bounds)), inf)) AS e2el_ms
FROM runs_current
ARRAY JOIN JSONExtractArrayRaw(scenarios) AS s
WHERE JSONHas(s, 'slo');

-- Good requests by the second of their end, of runs whose plan says what is good.
CREATE OR REPLACE VIEW good_requests_current AS
SELECT
    o.run_id AS run_id,
    o.scenario AS scenario,
    toDateTime64(toStartOfSecond(o.finished_at), 6, 'UTC') AS window_start,
    countIf(
        o.status = 'ok'
        AND dateDiff('microsecond', o.sent_at, o.first_token_at) <= 1000 * l.ttft_ms
        AND (o.output_tokens <= 1
            OR dateDiff('microsecond', o.first_token_at, coalesce(o.last_token_at, o.first_token_at)) / (o.output_tokens - 1) <= 1000 * l.tpot_ms)
        AND dateDiff('microsecond', o.sent_at, coalesce(o.last_token_at, o.first_token_at)) <= 1000 * l.e2el_ms) AS good
FROM request_outcomes_current AS o
INNER JOIN slo_current AS l ON l.run_id = o.run_id AND l.scenario = o.scenario
GROUP BY run_id, scenario, window_start;

-- One row per run, scenario and window. Requests are in the window of their end; offered are those
-- whose intended start lies in it, generated tokens those whose chunk came in it. Rates are per
-- second; concurrent_requests is the mean over the window, of requests that have ended.
CREATE OR REPLACE VIEW serving_windows_current AS
SELECT
    w.run_id AS run_id,
    w.scenario AS scenario,
    w.window_us AS window_us,
    w.window_start AS window_start,
    w.arrivals AS offered,
    w.ok AS ok,
    w.http_error AS http_error,
    w.timeout AS timeout,
    w.connect_error AS connect_error,
    w.incomplete AS incomplete,
    if(w.ended = 0, NULL, w.ok / w.ended) AS success_share,
    if(l.run_id = '', NULL, g.good) AS good,
    w.ok * 1e6 / w.window_us AS request_throughput,
    if(l.run_id = '', NULL, g.good * 1e6 / w.window_us) AS goodput,
    w.input_tokens * 1e6 / w.window_us AS input_token_throughput,
    w.generated_tokens * 1e6 / w.window_us AS output_token_throughput,
    w.in_flight_us / w.window_us AS concurrent_requests
FROM
(
    SELECT
        run_id, scenario, window_us, window_start,
        sumIf(count, metric = 'arrivals') AS arrivals,
        sumIf(count, metric = 'ends') AS ended,
        sumIf(count, metric = 'ttft') AS ok,
        sumIf(count, metric = 'failed_http_error') AS http_error,
        sumIf(count, metric = 'failed_timeout') AS timeout,
        sumIf(count, metric = 'failed_connect_error') AS connect_error,
        sumIf(count, metric = 'failed_incomplete') AS incomplete,
        sumIf(sum, metric = 'prompt_tokens') AS input_tokens,
        sumIf(sum, metric = 'chunk_tokens') AS generated_tokens,
        sumIf(sum, metric = 'in_flight') AS in_flight_us
    FROM latency_windows FINAL
    GROUP BY run_id, scenario, window_us, window_start
) AS w
LEFT JOIN slo_current AS l ON l.run_id = w.run_id AND l.scenario = w.scenario
LEFT JOIN good_requests_current AS g
    ON g.run_id = w.run_id AND g.scenario = w.scenario AND g.window_start = w.window_start;

-- The same to date. Seconds are from the first intended start to the last end; rates are over them,
-- output tokens are those of requests that ended well, as in vLLM's figures.
CREATE OR REPLACE VIEW serving_current AS
SELECT
    w.run_id AS run_id,
    w.scenario AS scenario,
    w.seconds AS seconds,
    w.ok AS ok,
    w.http_error AS http_error,
    w.timeout AS timeout,
    w.connect_error AS connect_error,
    w.incomplete AS incomplete,
    if(w.ended = 0, NULL, w.ok / w.ended) AS success_share,
    if(l.run_id = '', NULL, g.good) AS good,
    w.ok / w.seconds AS request_throughput,
    if(l.run_id = '', NULL, g.good / w.seconds) AS goodput,
    w.input_tokens / w.seconds AS input_token_throughput,
    w.output_tokens / w.seconds AS output_token_throughput,
    w.in_flight_us / 1e6 / w.seconds AS concurrent_requests
FROM
(
    SELECT
        run_id, scenario,
        (maxIf(toUnixTimestamp64Micro(window_start) + max, metric = 'ends')
            - minIf(toUnixTimestamp64Micro(window_start) + min, metric = 'arrivals')) / 1e6 AS seconds,
        sumIf(count, metric = 'ends') AS ended,
        sumIf(count, metric = 'ttft') AS ok,
        sumIf(count, metric = 'failed_http_error') AS http_error,
        sumIf(count, metric = 'failed_timeout') AS timeout,
        sumIf(count, metric = 'failed_connect_error') AS connect_error,
        sumIf(count, metric = 'failed_incomplete') AS incomplete,
        sumIf(sum, metric = 'prompt_tokens') AS input_tokens,
        sumIf(sum, metric = 'output_tokens') AS output_tokens,
        sumIf(sum, metric = 'in_flight') AS in_flight_us
    FROM latency_windows FINAL
    GROUP BY run_id, scenario
    HAVING ended > 0
) AS w
LEFT JOIN slo_current AS l ON l.run_id = w.run_id AND l.scenario = w.scenario
LEFT JOIN
(
    SELECT run_id, scenario, sum(good) AS good FROM good_requests_current GROUP BY run_id, scenario
) AS g ON g.run_id = w.run_id AND g.scenario = w.scenario;

-- What every scenario of a run gets, by the bounds on its plan, as long as it runs and at its end.
CREATE TABLE IF NOT EXISTS grades
(
    run_id           String,
    scenario         LowCardinality(String),
    version          UInt64,
    state            LowCardinality(String) COMMENT 'provisional: it can still flip; settled: not, at that confidence; final: the run is closed',
    letter           LowCardinality(String) COMMENT 'empty as long as no metric has a figure',
    best_letter      LowCardinality(String) COMMENT 'what it can still become',
    worst_letter     LowCardinality(String),
    deciding         Array(LowCardinality(String)) COMMENT 'the metrics with the worst letter; none when that is the best there is',
    confidence       Float64,
    requests         UInt64 COMMENT 'that have ended',
    planned_requests Nullable(UInt64) COMMENT 'null when only time bounds them',
    letters          Map(LowCardinality(String), LowCardinality(String)) COMMENT 'by metric',
    figures          Map(LowCardinality(String), Float64),
    missed_bounds    Map(LowCardinality(String), Float64) COMMENT 'what the figure would have to keep for the letter above',
    lower            Map(LowCardinality(String), Float64) COMMENT 'ends of the interval; missing where there is none',
    upper            Map(LowCardinality(String), Float64)
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY substring(run_id, 1, 8)
ORDER BY (run_id, scenario);

CREATE OR REPLACE VIEW grades_current AS SELECT * FROM grades FINAL;

-- Whether a final grade has counted every request that is stored.
CREATE OR REPLACE VIEW grade_completeness AS
SELECT
    g.run_id AS run_id,
    g.scenario AS scenario,
    g.requests AS graded_requests,
    o.requests AS stored_requests,
    g.state = 'final' AND g.requests = o.requests AS complete
FROM grades_current AS g
LEFT JOIN
(
    SELECT run_id, scenario, count() AS requests FROM request_outcomes_current GROUP BY run_id, scenario
) AS o ON o.run_id = g.run_id AND o.scenario = g.scenario;
