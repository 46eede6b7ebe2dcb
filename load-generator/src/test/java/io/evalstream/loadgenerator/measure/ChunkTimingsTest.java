package io.evalstream.loadgenerator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChunkTimingsTest {

  private final ChunkTimings timings = new ChunkTimings();

  @Test
  void theFirstChunkHasNoGap() {
    timings.add(100, 1, false);
    timings.add(130, 1, false);

    ChunkTimings.Part part = timings.take();

    assertThat(part.chunkIndex()).isZero();
    assertThat(part.gapsUs()).containsExactly(30);
    assertThat(part.tokens()).isNull();
    assertThat(part.atUs()).isEqualTo(130);
    assertThat(timings.pending()).isZero();
  }

  @Test
  void tokensAreGivenWhenOneIsNotOne() {
    timings.add(100, 1, false);
    timings.take();
    timings.add(130, 3, false);
    timings.add(130, 0, false);

    ChunkTimings.Part part = timings.take();

    assertThat(part.chunkIndex()).isEqualTo(1);
    assertThat(part.gapsUs()).containsExactly(30, 0);
    assertThat(part.tokens()).containsExactly(3, 0);
    assertThat(timings.tokenCount()).isEqualTo(4);
  }

  @Test
  void aChunkOfSeveralTokensSpreadsItsGap() {
    timings.add(100, 1, false);
    timings.add(130, 3, false);
    timings.add(140, 0, false);
    timings.add(160, 2, false);
    Samples perToken = new Samples();
    timings.tokensTo(perToken);

    LatencyDistribution times = perToken.distribution();
    assertThat(times.count()).isEqualTo(5);
    assertThat(times.percentileMs(0)).isEqualTo(0.01);
    assertThat(times.maxMs()).isEqualTo(0.015);
  }

  @Test
  void theFirstTokensHaveNoTime() {
    timings.add(100, 0, false);
    timings.add(900, 4, false);
    timings.add(910, 1, false);
    Samples perToken = new Samples();
    timings.tokensTo(perToken);

    assertThat(perToken.distribution().count()).isEqualTo(1);
    assertThat(perToken.distribution().maxMs()).isEqualTo(0.01);
  }

  @Test
  void chunksOfOneReadAreRecognised() {
    timings.add(100, 1, false);
    timings.add(100, 1, true);
    timings.add(100, 1, false);

    assertThat(timings.coalescedGaps()).isEqualTo(1);
    timings.clear();
    assertThat(timings.coalescedGaps()).isZero();
  }

  @Property
  void thePartsMakeUpTheWhole(
      @ForAll @Size(max = 2000) List<@IntRange(max = 5000) Integer> gaps,
      @ForAll @IntRange(min = 1, max = 100) int flushEvery) {
    ChunkTimings reused = new ChunkTimings();
    reused.add(1, 7, false);
    reused.clear();
    List<Integer> seen = new ArrayList<>();
    long at = 1000;
    reused.add(at, 1, false);
    for (int gap : gaps) {
      at += gap;
      reused.add(at, 1, false);
      if (reused.pending() >= flushEvery) {
        collect(reused.take(), seen);
      }
    }
    if (reused.pending() > 0) {
      collect(reused.take(), seen);
    }

    assertThat(seen).isEqualTo(gaps);
    assertThat(reused.chunks()).isEqualTo(gaps.size() + 1);
    assertThat(reused.lastUs() - reused.firstUs())
        .isEqualTo(gaps.stream().mapToLong(Integer::longValue).sum());
    assertThat(reused.maxGapUs()).isEqualTo(gaps.stream().mapToInt(g -> g).max().orElse(0));
  }

  private static void collect(ChunkTimings.Part part, List<Integer> into) {
    for (int gap : part.gapsUs()) {
      into.add(gap);
    }
  }
}
