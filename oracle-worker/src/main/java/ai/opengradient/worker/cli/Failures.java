package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.store.StoreException;
import ai.opengradient.worker.admin.AdminToken;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.ContractError;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.ExitCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.journal.JournalException;
import ai.opengradient.worker.keys.KeyException;
import ai.opengradient.worker.transactions.CommandSender;
import ai.opengradient.worker.transactions.PromiseException;
import java.net.BindException;
import java.util.concurrent.CompletionException;

/**
 * Gives every failure of the modules its code. A module's new kind of failure does not compile here
 * until it has one.
 */
final class Failures {
  private static final long BYTES_IN_MEBIBYTE = 1L << 20;

  private Failures() {}

  /** The failure as a user is told of it; what nobody expected becomes a defect. */
  static OpgException of(Throwable failure) {
    return switch (failure) {
      case OpgException known -> known;
      case ChainException.CallRefused refused ->
          new OpgException(codeOf(refused.error()), refused.error().toString(), refused);
      case ChainException chain -> new OpgException(codeOf(chain), detailOf(chain), chain);
      case StoreException store -> new OpgException(codeOf(store), detailOf(store), store);
      case InferenceException inference ->
          new OpgException(codeOf(inference), detailOf(inference), inference);
      case KeyException key -> new OpgException(codeOf(key), detailOf(key), key);
      case JournalException journal ->
          new OpgException(codeOf(journal), detailOf(journal), journal);
      case PromiseException promise ->
          new OpgException(ErrorCode.PROMISE_CONTRADICTED, detailOf(promise), promise);
      case AdminToken.Exposed exposed ->
          new OpgException(ErrorCode.KEY_EXPOSED, detailOf(exposed), exposed);
      case TensorException tensor ->
          new OpgException(ErrorCode.TENSOR_INVALID, detailOf(tensor), tensor);
      case CommandSender.NotSettled unsettled ->
          new OpgException(ErrorCode.TRANSACTION_NOT_SETTLED, detailOf(unsettled), unsettled);
      case OutOfMemoryError exhausted ->
          new OpgException(
              ErrorCode.HEAP_TOO_SMALL,
              "the heap may have "
                  + Runtime.getRuntime().maxMemory() / BYTES_IN_MEBIBYTE
                  + " MiB, and that is not enough",
              exhausted);
      case InterruptedException interrupted ->
          new OpgException(ErrorCode.INTERRUPTED, "it did not finish", interrupted);
      case CompletionException wrapped when wrapped.getCause() instanceof BindException taken ->
          new OpgException(ErrorCode.PORT_TAKEN, detailOf(taken), taken);
      default -> new OpgException(ErrorCode.INTERNAL, failure.toString(), failure);
    };
  }

  /** The code of a contract's refusal. */
  static ErrorCode codeOf(ContractError error) {
    return ErrorCode.ofContractError(error.name()).orElse(ErrorCode.UNKNOWN_REFUSAL);
  }

  /** The code of a failure of the chain. */
  static ErrorCode codeOf(ChainException failure) {
    return switch (failure) {
      case ChainException.Unreachable _ -> ErrorCode.CHAIN_UNREACHABLE;
      case ChainException.RateLimited _ -> ErrorCode.CHAIN_RATE_LIMITED;
      case ChainException.MalformedAnswer _, ChainException.Undecodable _ ->
          ErrorCode.CHAIN_ANSWER_INVALID;
      case ChainException.Behind _ -> ErrorCode.NODE_BEHIND;
      case ChainException.NodeRefused _ -> ErrorCode.NODE_REFUSED;
      case ChainException.WrongChain _, ChainException.WrongGenesis _ -> ErrorCode.WRONG_CHAIN;
      case ChainException.NoContract _ -> ErrorCode.NO_CONTRACT;
      case ChainException.InvalidDeployment _ -> ErrorCode.DEPLOYMENT_INVALID;
      case ChainException.CallRefused refused -> codeOf(refused.error());
      case ChainException.Interrupted _ -> ErrorCode.INTERRUPTED;
    };
  }

  /** The code of a failure of the store. */
  static ErrorCode codeOf(StoreException failure) {
    return switch (failure) {
      case StoreException.InvalidContentId _ -> ErrorCode.CONTENT_ID_INVALID;
      case StoreException.InvalidSourceAddress _ -> ErrorCode.CONFIGURATION_INVALID;
      case StoreException.CorruptBlock _ -> ErrorCode.BLOCK_CORRUPT;
      case StoreException.OversizedBlock _ -> ErrorCode.BLOCK_TOO_LARGE;
      case StoreException.MissingBlock _ -> ErrorCode.CONTENT_NOT_FOUND;
      case StoreException.SourceUnavailable _, StoreException.SourceBusy _ ->
          ErrorCode.SOURCE_UNREACHABLE;
      case StoreException.NoSourceLeft none -> codeOf(none);
      case StoreException.InvalidFile _ -> ErrorCode.CONTENT_MALFORMED;
      case StoreException.InvalidEntry _ -> ErrorCode.ENTRY_REFUSED;
      case StoreException.NoSuchEntry _ -> ErrorCode.CONTENT_NOT_FOUND;
      case StoreException.InvalidArchive _ -> ErrorCode.ARCHIVE_INVALID;
      case StoreException.LimitExceeded _ -> ErrorCode.CONTENT_OVER_LIMIT;
      case StoreException.WrongFile _ -> ErrorCode.FILE_MISMATCH;
      case StoreException.InvalidManifest _ -> ErrorCode.MANIFEST_INVALID;
      case StoreException.InvalidOnnx _ -> ErrorCode.ONNX_BROKEN;
      case StoreException.UnsupportedOnnx _,
          StoreException.UnboundInputs _,
          StoreException.NothingToCompute _ ->
          ErrorCode.ONNX_UNSUPPORTED;
      case StoreException.UnboundDimensions _ -> ErrorCode.ONNX_UNBOUND_DIMENSIONS;
      case StoreException.StorageFull _ -> ErrorCode.STORE_FULL;
      case StoreException.StorageFailed _ -> ErrorCode.STORE_FAILED;
    };
  }

  /**
   * Damage tells more than absence: a source that gave wrong bytes is named before those that had
   * none.
   */
  private static ErrorCode codeOf(StoreException.NoSourceLeft failure) {
    return failure.failures().stream()
        .map(Failures::codeOf)
        .filter(code -> code.exit() == ExitCode.INTEGRITY)
        .findFirst()
        .orElse(ErrorCode.CONTENT_NOT_FOUND);
  }

  /** The code of a failure of inference. */
  static ErrorCode codeOf(InferenceException failure) {
    return switch (failure) {
      case InferenceException.StartFailed _ -> ErrorCode.INFERENCE_NOT_STARTED;
      case InferenceException.TimedOut _ -> ErrorCode.INFERENCE_TIMEOUT;
      case InferenceException.OutOfMemory _ -> ErrorCode.INFERENCE_OUT_OF_MEMORY;
      case InferenceException.ProcessCrashed _ -> ErrorCode.INFERENCE_CRASHED;
      case InferenceException.ModelRejected _ -> ErrorCode.INFERENCE_MODEL_REFUSED;
      case InferenceException.WrongInput _ -> ErrorCode.INFERENCE_INPUT_REFUSED;
      case InferenceException.RunFailed _, InferenceException.Elsewhere _ ->
          ErrorCode.INFERENCE_FAILED;
      case InferenceException.ExecutorLost _ -> ErrorCode.INFERENCE_CRASHED;
      case InferenceException.Cancelled _ -> ErrorCode.INFERENCE_CANCELLED;
    };
  }

  /** The code of a key that can't be used. */
  static ErrorCode codeOf(KeyException failure) {
    return switch (failure) {
      case KeyException.KeystoreReadableByOthers _ -> ErrorCode.KEY_EXPOSED;
      case KeyException.UnusableFile _ -> ErrorCode.KEY_FILE_UNUSABLE;
      case KeyException.WrongPassword _ -> ErrorCode.KEY_WRONG_PASSWORD;
      case KeyException.WrongAddress _ -> ErrorCode.KEY_OF_ANOTHER_ACCOUNT;
      case KeyException.KeyInUse _ -> ErrorCode.KEY_IN_USE;
      case KeyException.RemoteUnreachable _ -> ErrorCode.REMOTE_SIGNER_UNREACHABLE;
      case KeyException.RemoteRefused _, KeyException.RemoteWithoutKey _ ->
          ErrorCode.REMOTE_SIGNER_REFUSES;
      case KeyException.RemoteAnswerWrong _ -> ErrorCode.REMOTE_SIGNATURE_WRONG;
      case KeyException.RemoteWithoutSecrets _ -> ErrorCode.KEYSTORE_NEEDED;
    };
  }

  /** The code of a journal that can't be had. */
  static ErrorCode codeOf(JournalException failure) {
    return switch (failure) {
      case JournalException.InUse _ -> ErrorCode.JOURNAL_IN_USE;
      case JournalException.Unusable _,
          JournalException.NotWritten _,
          JournalException.OfAnother _ ->
          ErrorCode.JOURNAL_UNUSABLE;
      case JournalException.Exists _ -> ErrorCode.JOURNAL_EXISTS;
      case JournalException.NoCopy _ -> ErrorCode.JOURNAL_NOT_COPIED;
      case JournalException.ServerUnavailable _ -> ErrorCode.JOURNAL_SERVER_UNAVAILABLE;
      case JournalException.Superseded _ -> ErrorCode.LEASE_LOST;
    };
  }

  private static String detailOf(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
