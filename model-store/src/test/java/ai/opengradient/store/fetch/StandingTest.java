package ai.opengradient.store.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void hasAsManyPlacesAsItIsAllowed() {
    Standing standing = Standing.unknown(2).asked();
    assertThat(standing.isReady(START)).isTrue();
    assertThat(standing.asked().isReady(START)).isFalse();
    assertThat(standing.asked().gave(2).isReady(START)).isTrue();
  }

  @Test
  void isLeftAloneTwiceAsLongWithEachFailure() {
    Standing standing = Standing.unknown(4);
    Instant now = START;
    for (long pause = 50; pause <= 400; pause *= 2) {
      standing = standing.asked().failed(now, now, PAUSE, Duration.ZERO);
      assertThat(standing.isReady(now.plusMillis(pause - 1))).isFalse();
      now = now.plusMillis(pause);
      assertThat(standing.isReady(now)).isTrue();
    }
    assertThat(standing.asked().failed(now, now, PAUSE, Duration.ZERO).isDropped()).isTrue();
  }

  @Test
  void countsWhatFailsTogetherOnce() {
    Standing standing = Standing.unknown(4).asked().asked().asked();
    for (int answer = 0; answer < 3; answer++) {
      standing = standing.failed(START, START.plusMillis(10 + answer), PAUSE, Duration.ZERO);
    }
    assertThat(standing.setbacks()).isEqualTo(1);
    assertThat(standing.inFlight()).isZero();
  }

  @Test
  void isAllowedLessAfterAFailureAndMoreAgainAfterBlocks() {
    Standing standing = Standing.unknown(4).asked().failed(START, START, PAUSE, Duration.ZERO);
    assertThat(standing.allowance()).isEqualTo(2);
    standing = standing.asked().gave(4);
    assertThat(standing.allowance()).isEqualTo(3);
    assertThat(standing.setbacks()).isZero();
    assertThat(standing.asked().gave(4).asked().gave(4).allowance()).isEqualTo(4);
  }

  @Test
  void isLeftAloneAsLongAsItWishesWithinReason() {
    Standing busy = Standing.unknown(4).asked().failed(START, START, PAUSE, Duration.ofSeconds(9));
    assertThat(busy.isReady(START.plusSeconds(8))).isFalse();
    assertThat(busy.isReady(START.plusSeconds(9))).isTrue();
    Standing greedy = Standing.unknown(4).asked().failed(START, START, PAUSE, Duration.ofDays(9));
    assertThat(greedy.isReady(START.plusSeconds(30))).isTrue();
  }

  @Test
  void isNotBlamedForWhatItDoesNotHave() {
    Standing standing = Standing.unknown(4).asked().lacked();
    assertThat(standing.lacks()).isEqualTo(1);
    assertThat(standing.isReady(START)).isTrue();
    assertThat(standing.asked().gave(4).lacks()).isZero();
  }
}
