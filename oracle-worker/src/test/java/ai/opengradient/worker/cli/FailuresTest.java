package ai.opengradient.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.store.StoreException;
import ai.opengradient.worker.chain.ContractError;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void aKnownFailureStaysItself() {
    OpgException known = new OpgException(ErrorCode.USAGE, "so");
    assertThat(Failures.of(known)).isSameAs(known);
    assertThat(known.line()).isEqualTo("OPG-101 Wrong usage: so. Read the command's `--help`.");
  }

  @Test
  void whatNobodyExpectedIsADefect() {
    OpgException defect = Failures.of(new IllegalStateException("odd"));
    assertThat(defect.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(defect.detail()).contains("odd");
    assertThat(defect).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void aContractsRefusalHasTheErrorsCode() {
    assertThat(Failures.codeOf(new ContractError("FeeTooLow", List.of())))
        .isEqualTo(ErrorCode.FEE_TOO_LOW);
    assertThat(Failures.codeOf(new ContractError("Unknown", List.of())))
        .isEqualTo(ErrorCode.UNKNOWN_REFUSAL);
  }

  @Test
  void damageTellsMoreThanAbsence() {
    StoreException missing = new StoreException.MissingBlock("not here");
    StoreException corrupt = new StoreException.CorruptBlock("bad");
    assertThat(Failures.codeOf(new StoreException.NoSourceLeft("none", List.of(missing, corrupt))))
        .isEqualTo(ErrorCode.BLOCK_CORRUPT);
    assertThat(Failures.codeOf(new StoreException.NoSourceLeft("none", List.of(missing))))
        .isEqualTo(ErrorCode.CONTENT_NOT_FOUND);
  }

  @Test
  void aHeapThatIsTooSmallIsToldWithItsSize() {
    OpgException told = Failures.of(new OutOfMemoryError("Java heap space"));
    assertThat(told.code()).isEqualTo(ErrorCode.HEAP_TOO_SMALL);
    assertThat(told.detail())
        .contains(Long.toString(Runtime.getRuntime().maxMemory() / 1024 / 1024));
  }

  @Test
  void aWrappedFailureIsSeenThrough() {
    assertThat(Failures.of(new CompletionException(new BindException("in use"))).code())
        .isEqualTo(ErrorCode.PORT_TAKEN);
    assertThat(Failures.of(new TensorException.InvalidType("no")).code())
        .isEqualTo(ErrorCode.TENSOR_INVALID);
  }
}
