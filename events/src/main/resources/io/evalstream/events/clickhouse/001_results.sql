-- Results of runs. Every table keeps the row of the largest version for each key;
-- readers use the *_current views. Times are UTC with microseconds.

CREATE TABLE IF NOT EXISTS runs
(
    run_id        String,
    version       UInt64,
    at            DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    kind          LowCardinality(String),
    model         LowCardinality(String),
    release       LowCardinality(String),
    image_digest  String,
    environment   Map(LowCardinality(String), String),
    scenarios     String COMMENT 'JSON array of the planned scenarios',
    planned_items UInt64 COMMENT 'over all scenarios; 0 when only time bounds them',
    producers     UInt32,
    seed          Int64,
    baseline_id   String,
    labels        Map(LowCardinality(String), String)
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY substring(run_id, 1, 8)
ORDER BY run_id;

CREATE TABLE IF NOT EXISTS run_producers
(
    run_id       String,
    producer_id  String,
    version      UInt64,
    at           DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    state        LowCardinality(String) COMMENT 'started, heartbeat, finished, lost',
    status       LowCardinality(String) COMMENT 'how it ended; empty unless finished',
    reason       String,
    sent_records Map(LowCardinality(String), UInt64) COMMENT 'by topic',
    sent_tokens  Map(LowCardinality(String), UInt64) COMMENT 'by topic'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY substring(run_id, 1, 8)
ORDER BY (run_id, producer_id);

CREATE TABLE IF NOT EXISTS request_outcomes
(
    run_id         String,
    scenario       LowCardinality(String),
    request_id     String,
    version        UInt64,
    producer_id    LowCardinality(String),
    plan_index     UInt64 CODEC(Delta, ZSTD(1)),
    prompt_id      String,
    scheduled_at   DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    sent_at        Nullable(DateTime64(6, 'UTC')),
    first_token_at Nullable(DateTime64(6, 'UTC')),
    last_token_at  Nullable(DateTime64(6, 'UTC')),
    finished_at    DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    prompt_tokens  UInt64 CODEC(T64, ZSTD(1)),
    output_tokens  UInt64 CODEC(T64, ZSTD(1)),
    chunks         UInt64 CODEC(T64, ZSTD(1)),
    max_gap_us     Nullable(UInt64),
    status         LowCardinality(String),
    http_status    Nullable(UInt16),
    error          String,
    finish_reason  LowCardinality(String)
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY substring(run_id, 1, 8)
ORDER BY (run_id, scenario, request_id)
TTL toDateTime(finished_at) + INTERVAL 90 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS generator_health
(
    run_id            String,
    producer_id       LowCardinality(String),
    at                DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    version           UInt64,
    send_lag_p50_us   UInt64 CODEC(T64, ZSTD(1)),
    send_lag_p99_us   UInt64 CODEC(T64, ZSTD(1)),
    send_lag_max_us   UInt64 CODEC(T64, ZSTD(1)),
    event_loop_lag_us UInt64 CODEC(T64, ZSTD(1)),
    gc_pause_ms       UInt64 CODEC(T64, ZSTD(1)),
    requests_sent     UInt64 CODEC(T64, ZSTD(1)),
    requests_running  UInt64 CODEC(T64, ZSTD(1)),
    chunks            UInt64 CODEC(T64, ZSTD(1)),
    reads             UInt64 CODEC(T64, ZSTD(1)),
    dropped_records   UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY substring(run_id, 1, 8)
ORDER BY (run_id, producer_id, at)
TTL toDateTime(at) + INTERVAL 90 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS latency_windows
(
    run_id         String,
    scenario       LowCardinality(String),
    metric         LowCardinality(String),
    window_us      UInt32,
    window_start   DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    version        UInt64,
    complete       Bool COMMENT 'the watermark has passed the end; later data still updates the row',
    count          UInt64 CODEC(T64, ZSTD(1)),
    zero_count     UInt64 CODEC(T64, ZSTD(1)),
    sum            UInt64 CODEC(T64, ZSTD(1)),
    sum_of_squares UInt128,
    min            UInt64 CODEC(T64, ZSTD(1)),
    max            UInt64 CODEC(T64, ZSTD(1)),
    bins           Map(Int32, UInt64) COMMENT 'bin i holds values from γ^i on, γ = 1.01/0.99; it stands for 1.01 γ^i'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY substring(run_id, 1, 8)
ORDER BY (run_id, scenario, metric, window_us, window_start);

CREATE TABLE IF NOT EXISTS run_counts
(
    run_id      String,
    producer_id LowCardinality(String),
    topic       LowCardinality(String),
    version     UInt64,
    records     UInt64,
    tokens      UInt64,
    duplicates  UInt64,
    missing     UInt64
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY substring(run_id, 1, 8)
ORDER BY (run_id, producer_id, topic);

CREATE TABLE IF NOT EXISTS dead_letters
(
    topic      LowCardinality(String),
    partition  UInt32,
    offset     UInt64,
    version    UInt64,
    at         DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    code       LowCardinality(String),
    reason     String,
    raw_base64 String CODEC(ZSTD(1)),
    raw_length UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (topic, partition, offset)
TTL toDateTime(at) + INTERVAL 90 DAY;

CREATE TABLE IF NOT EXISTS job_epochs
(
    job   LowCardinality(String),
    epoch UInt32,
    at    DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC')
)
ENGINE = MergeTree
ORDER BY (job, epoch);
