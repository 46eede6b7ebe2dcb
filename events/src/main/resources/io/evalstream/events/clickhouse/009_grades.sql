-- A scenario with bounds on its plan is graded, or it is said why not.
ALTER TABLE grades ADD COLUMN IF NOT EXISTS reason String DEFAULT '' COMMENT 'why it is not graded although its plan has bounds; empty when it is' AFTER upper;

CREATE OR REPLACE VIEW grades_current AS SELECT * FROM grades FINAL;

-- Whether the final grade of every scenario with bounds on its plan is stored, and of all requests
-- that are. One without a grade is not complete, nor is one whose bounds make no scale.
CREATE OR REPLACE VIEW grade_completeness AS
SELECT
    l.run_id AS run_id,
    l.scenario AS scenario,
    g.state AS state,
    g.letter AS letter,
    g.reason AS reason,
    g.requests AS graded_requests,
    o.requests AS stored_requests,
    g.state = 'final' AND g.reason = '' AND g.requests = o.requests AS complete
FROM slo_current AS l
LEFT JOIN grades_current AS g ON g.run_id = l.run_id AND g.scenario = l.scenario
LEFT JOIN
(
    SELECT run_id, scenario, count() AS requests FROM request_outcomes_current GROUP BY run_id, scenario
) AS o ON o.run_id = l.run_id AND o.scenario = l.scenario;
