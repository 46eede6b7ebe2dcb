-- Requests know their block, arm and turn; what blocks say as a whole, as the bench prints it.

ALTER TABLE request_outcomes
    ADD COLUMN IF NOT EXISTS block   Nullable(UInt32) COMMENT 'null in a run without blocks',
    ADD COLUMN IF NOT EXISTS warm_up Nullable(Bool) COMMENT 'of its block; counts in no comparison',
    ADD COLUMN IF NOT EXISTS arm     LowCardinality(String) COMMENT 'a or b; empty unless the run compares two servers',
    ADD COLUMN IF NOT EXISTS turn    Nullable(UInt32) COMMENT 'of its conversation; null when it belongs to none';

CREATE OR REPLACE VIEW request_outcomes_current AS SELECT * FROM request_outcomes FINAL;

-- One row per block and arm, over its measured requests (warm_up is null without blocks); times in ms.
-- Percentiles are interpolated and exact.
CREATE OR REPLACE VIEW block_statistics_current AS
SELECT
    run_id,
    scenario,
    arm,
    block,
    countIf(status = 'ok') AS requests,
    countIf(status != 'ok') AS failed,
    exp(avgIf(log(e2el_us), status = 'ok')) / 1000 AS e2el_geometric_mean,
    quantileExactInclusiveIf(0.95)(ttft_us, status = 'ok') / 1000 AS ttft_p95,
    quantileExactInclusiveIf(0.95)(e2el_us, status = 'ok') / 1000 AS e2el_p95,
    avgIf((e2el_us - ttft_us) / (output_tokens - 1), status = 'ok' AND output_tokens > 1) / 1000 AS tpot_mean,
    (maxIf(sent_us + e2el_us, status = 'ok') - minIf(sent_us, status = 'ok')) / 1000000 / requests AS seconds_per_request
FROM
(
    SELECT
        run_id, scenario, arm, assumeNotNull(block) AS block, status, output_tokens,
        toUnixTimestamp64Micro(assumeNotNull(sent_at)) AS sent_us,
        toUnixTimestamp64Micro(assumeNotNull(first_token_at)) - sent_us AS ttft_us,
        toUnixTimestamp64Micro(assumeNotNull(last_token_at)) - sent_us AS e2el_us
    FROM request_outcomes_current
    WHERE warm_up = false
)
GROUP BY run_id, scenario, arm, block;
