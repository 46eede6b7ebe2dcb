-- A run is complete when its windows hold every value too, and not only when its records are
-- stored: windows come by another way and may be a moment later. How many values each metric must
-- have follows from the stored outcomes.
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
    FROM latency_windows_current AS c
    GROUP BY run_id
) AS w ON w.run_id = o.run_id;

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
        AND (s.stored_records IS NOT NULL OR c.topic = 'token-timings')
        AND (c.topic != 'request-outcomes' OR w.requests_complete)
        AND (c.topic != 'token-timings' OR w.gaps_complete) AS complete
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
) AS s ON s.run_id = c.run_id AND s.topic = c.topic
LEFT JOIN window_completeness AS w ON w.run_id = c.run_id;
