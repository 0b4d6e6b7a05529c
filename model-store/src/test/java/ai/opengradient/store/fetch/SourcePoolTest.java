package ai.opengradient.store.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import ai.opengradient.store.MemoryBlocks;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcePoolTest {
  private final MemoryBlocks blocks = new MemoryBlocks();
  private final List<ContentId> ids = new ArrayList<>();

  SourcePoolTest() {
    for (byte number = 0; number < 100; number++) {
      Block block = Block.of(Codec.RAW, new byte[] {number});
      blocks.put(block);
      ids.add(block.id());
    }
  }

  @Test
  void keepsToItsPlacesAndUsesAllSources() throws Exception {
    CyclicBarrier places = new CyclicBarrier(4);
    ScriptedSource one = new ScriptedSource("one", (number, id) -> together(places, id));
    ScriptedSource other = new ScriptedSource("other", (number, id) -> together(places, id));
    SourcePool pool =
        new SourcePool(
            List.of(one, other),
            new FetchSettings(3, 4, 9, Duration.ofMillis(1), 0, new TickingClock()));
    getAll(pool);

    assertThat(one.asked() + other.asked()).isEqualTo(ids.size());
    assertThat(one.mostInFlight()).isBetween(1, 3);
    assertThat(other.mostInFlight()).isBetween(1, 3);
    assertThat(one.asked()).isPositive();
    assertThat(other.asked()).isPositive();
    assertThat(pool.shares())
        .extracting(SourceShare::name, SourceShare::blocks)
        .containsExactly(tuple("one", (long) one.asked()), tuple("other", (long) other.asked()));
  }

  @Test
  void asksALiarAgainButNotForEver() {
    ScriptedSource sometimes =
        new ScriptedSource("sometimes", (number, id) -> number % 3 == 0 ? lie(id) : blocks.get(id));
    SourcePool pool = pool(sometimes);
    ids.forEach(id -> assertThat(pool.get(id).id()).isEqualTo(id));
    SourceShare share = pool.shares().getFirst();
    assertThat(share.blocks()).isEqualTo(ids.size());
    assertThat(share.lies()).isEqualTo(sometimes.asked() - ids.size());
    assertThat(share.dropped()).isFalse();

    ScriptedSource always = new ScriptedSource("always", (number, id) -> lie(id));
    SourcePool hopeless = pool(always);
    for (ContentId id : ids) {
      StoreException.NoSourceLeft failure =
          catchThrowableOfType(StoreException.NoSourceLeft.class, () -> hopeless.get(id));
      assertThat(failure.failures()).hasExactlyElementsOfTypes(StoreException.CorruptBlock.class);
    }
    assertThat(always.asked()).isEqualTo(Standing.MOST_SETBACKS);
    assertThat(hopeless.shares().getFirst().dropped()).isTrue();
  }

  @Test
  void goesOnWithOthersAndTellsEverybodysReason() {
    ScriptedSource silent =
        new ScriptedSource(
            "silent",
            (number, id) -> {
              throw new StoreException.SourceUnavailable("silent did not answer");
            });
    ScriptedSource busy =
        new ScriptedSource(
            "busy",
            (number, id) -> {
              throw new StoreException.SourceBusy("busy has no time", Duration.ofMillis(2));
            });
    ScriptedSource liar = new ScriptedSource("liar", (number, id) -> lie(id));
    ScriptedSource poor =
        new ScriptedSource(
            "poor",
            (number, id) -> {
              throw new StoreException.MissingBlock("poor does not have it");
            });
    ContentId id = ids.getFirst();
    assertThat(pool(silent, busy, liar, poor, blocks).get(id).id()).isEqualTo(id);

    StoreException.NoSourceLeft failure =
        catchThrowableOfType(
            StoreException.NoSourceLeft.class, () -> pool(silent, busy, liar, poor).get(id));
    assertThat(failure.failures())
        .hasExactlyElementsOfTypes(
            StoreException.SourceUnavailable.class,
            StoreException.SourceBusy.class,
            StoreException.CorruptBlock.class,
            StoreException.MissingBlock.class);
    assertThat(failure)
        .hasMessageContaining("silent did not answer")
        .hasMessageContaining("busy has no time")
        .hasMessageContaining("liar gave")
        .hasMessageContaining("poor does not have it");
  }

  @Test
  void asksThisMachineFirst(@TempDir Path directory) {
    BlockStore here = new BlockStore(directory);
    here.put(blocks.get(ids.getFirst()));
    int before = blocks.asked();
    SourcePool pool = pool(blocks, here);
    pool.get(ids.getFirst());
    assertThat(blocks.asked()).isEqualTo(before);
    pool.get(ids.get(1));
    assertThat(blocks.asked()).isEqualTo(before + 1);
    assertThat(pool.shares())
        .extracting(SourceShare::name)
        .containsExactly(here.name(), blocks.name());
  }

  @Test
  void asksWhoLacksMuchLast() {
    ScriptedSource poor =
        new ScriptedSource(
            "poor",
            (number, id) -> {
              throw new StoreException.MissingBlock("poor does not have it");
            });
    SourcePool pool = pool(poor, blocks);
    ids.forEach(pool::get);
    assertThat(poor.asked()).isEqualTo(1);
  }

  @Test
  void givesAPlaceBackAfterADefect() {
    ScriptedSource broken =
        new ScriptedSource(
            "broken",
            (number, id) -> {
              if (number <= 3) {
                throw new IllegalStateException("a defect");
              }
              return blocks.get(id);
            });
    SourcePool pool = new SourcePool(List.of(broken), TestSettings.oneAtATime(new TickingClock()));
    for (int round = 0; round < 3; round++) {
      assertThatThrownBy(() -> pool.get(ids.getFirst())).hasMessage("a defect");
    }
    assertThat(pool.get(ids.getFirst()).id()).isEqualTo(ids.getFirst());
  }

  private void getAll(SourcePool pool) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Block>> coming =
          ids.stream().map(id -> threads.submit(() -> pool.get(id))).toList();
      for (int index = 0; index < ids.size(); index++) {
        assertThat(coming.get(index).get().id()).isEqualTo(ids.get(index));
      }
    }
  }

  private SourcePool pool(BlockSource... sources) {
    return new SourcePool(List.of(sources), TestSettings.of(new TickingClock()));
  }

  /** Answers when all places are taken. */
  private Block together(CyclicBarrier places, ContentId id) {
    try {
      places.await();
      return blocks.get(id);
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Block lie(ContentId id) {
    return Block.verify(id, new byte[] {0, 0}, "liar");
  }
}
