-- What servers say of themselves, every second. What counts since the server started goes back to 0
-- when it restarts; null is what the server does not tell.
CREATE TABLE IF NOT EXISTS server_metrics
(
    run_id                      String,
    producer_id                 LowCardinality(String),
    endpoint                    LowCardinality(String),
    at                          DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    version                     UInt64,
    running                     Nullable(UInt64),
    waiting                     Nullable(UInt64),
    kv_cache_usage              Nullable(Float64) COMMENT '0 to 1',
    prompt_tokens_total         Nullable(UInt64),
    generation_tokens_total     Nullable(UInt64),
    preemptions_total           Nullable(UInt64),
    queue_time_us               Nullable(UInt64),
    queue_time_count            Nullable(UInt64),
    prefill_time_us             Nullable(UInt64),
    prefill_time_count          Nullable(UInt64),
    decode_time_us              Nullable(UInt64),
    decode_time_count           Nullable(UInt64),
    spec_decode_accepted_tokens Nullable(UInt64),
    spec_decode_draft_tokens    Nullable(UInt64),
    gpu_utilisation             Nullable(Float64) COMMENT '0 to 1',
    gpu_power_watts             Nullable(Float64) COMMENT 'of all GPUs together'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY substring(run_id, 1, 8)
ORDER BY (run_id, producer_id, endpoint, at)
TTL toDateTime(at) + INTERVAL 90 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE OR REPLACE VIEW server_metrics_current AS SELECT * FROM server_metrics FINAL;

-- Sent against counted against stored, now of server metrics too.
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
    SELECT run_id, 'server-metrics', toNullable(count()), toNullable(toUInt64(0))
    FROM server_metrics_current GROUP BY run_id
    UNION ALL
    SELECT run_id, 'token-timings', CAST(NULL, 'Nullable(UInt64)'), toNullable(sum(sum))
    FROM latency_windows FINAL WHERE metric = 'chunk_tokens' GROUP BY run_id
) AS s ON s.run_id = c.run_id AND s.topic = c.topic
LEFT JOIN window_completeness AS w ON w.run_id = c.run_id;
