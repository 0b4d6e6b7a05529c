package ai.opengradient.worker.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTest {
  @Test
  void isTheCourtsWord() {
    Map.of(
            new Path.Nodes(4, 9), "01" + "00000000" + "04" + "00000009",
            new Path.Leaves(65_535, 24, 0xffffff), "02" + "0000ffff" + "18" + "00ffffff",
            new Path.Input(3, 7), "03" + "00000003" + "00" + "00000007",
            new Path.Weight(258, 1), "04" + "00000102" + "00" + "00000001",
            new Path.Output(15, 0), "05" + "0000000f" + "00" + "00000000")
        .forEach((path, digits) -> {
          assertThat(path.word()).isEqualTo(new BigInteger(digits, 16));
          assertThat(Path.of(path.word())).isEqualTo(path);
        });
  }

  @Test
  void isNoOtherWord() {
    for (String digits :
        List.of(
            "0",
            "00000000000000000001",
            "06000000000000000000",
            "ff000000000000000000",
            // Of nodes of a node; of a demand with a level.
            "01000000010000000000",
            "03000000000100000000",
            "0101000000000000000000")) {
      assertThatThrownBy(() -> Path.of(new BigInteger(digits, 16)))
          .as(digits)
          .isInstanceOf(DisputeException.class)
          .hasMessageContaining("is no path");
    }
    assertThatThrownBy(() -> Path.of(BigInteger.ONE.negate())).isInstanceOf(DisputeException.class);
  }

  @Test
  void descendsFourLevelsAtMost() {
    assertThat(Path.stride(9, 0)).isEqualTo(4);
    assertThat(Path.stride(9, 4)).isEqualTo(4);
    assertThat(Path.stride(9, 8)).isEqualTo(1);
  }
}
