package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SimulatorConfigTest {
  @Test
  void defaults() {
    assertThat(SimulatorConfig.builder().build())
        .hasToString(
            "SimulatorConfig[host=127.0.0.1, port=8000, servedModelNames=[simulated-model],"
                + " maxModelLen=32768, maxNumSeqs=256, kvCacheTokens=1000000, seed=0, apiKey=none,"
                + " eventLoopThreads=1, Timing[timeToFirstToken=constant:50ms,"
                + " prefillNanosPerToken=0, interTokenLatency=constant:10ms,"
                + " tokensPerChunk=constant:1], Answers[endOfSequence=true,"
                + " answerLength=lognormal:128,0.7, reasoningTokens=0], Faults[failureRate=0.0,"
                + " failureStatus=500, cutRate=0.0, garbageRate=0.0, stallRate=0.0,"
                + " stallNanos=200000000]]");
  }

  @Test
  void apiKeyIsNotShown() {
    assertThat(SimulatorConfig.builder().apiKey("secret").build().toString())
        .contains("apiKey=set")
        .doesNotContain("secret");
  }

  @Test
  void namesTheBadItem() {
    assertRefused(b -> b.port(70_000), "port is 70000; give a number from 0 to 65535");
    assertRefused(b -> b.host(""), "host is empty; give a value");
    assertRefused(b -> b.servedModelNames(List.of()), "served-model-name is empty");
    assertRefused(b -> b.apiKey(" "), "api-key is empty; give a value");
    assertRefused(b -> b.maxNumSeqs(0), "max-num-seqs is 0");
    assertRefused(b -> b.maxModelLen(1), "max-model-len is 1");
    assertRefused(b -> b.kvCacheTokens(0), "kv-cache-tokens is 0; give 1 or more");
    assertRefused(b -> b.eventLoopThreads(0), "event-loop-threads is 0");
    assertRefused(
        b -> b.failureInjectionRate(50),
        "failure-injection-rate is 50.0; give a fraction between 0 and 1");
    assertRefused(b -> b.cutRate(Double.NaN), "cut-rate is NaN");
    assertRefused(b -> b.garbageRate(-1), "garbage-rate is -1.0");
    assertRefused(b -> b.stallRate(2), "stall-rate is 2.0");
    assertRefused(b -> b.failureStatus(200), "failure-status is 200");
    assertRefused(b -> b.reasoningTokens(-1), "reasoning-tokens is -1; give 0 or more");
    assertRefused(
        b -> b.tokensPerChunk("lognormal:2,1"),
        "tokens-per-chunk \"lognormal:2,1.0\" can exceed 4096");
    assertRefused(b -> b.prefillTimePerToken("20"), "prefill-time-per-token: \"20\"");
    assertRefused(b -> b.timeToFirstToken("x"), "time-to-first-token: \"x\"");
  }

  private static void assertRefused(UnaryOperator<SimulatorConfig.Builder> change, String message) {
    assertThatThrownBy(() -> change.apply(SimulatorConfig.builder()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
