package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the contracts are, as the deployment wrote it to {@code deployment.json}.
 *
 * @param chainId of the chain
 * @param token OPG
 * @param models ModelRegistry
 * @param workers WorkerRegistry
 * @param parameterSets ParameterSets
 * @param market InferenceMarket
 * @param court Court
 * @param governor the timelock
 * @param blockNumber the block before which none of them has an event
 * @param genesisHash hash of the chain's block 0
 * @param profile which of the parameter profiles was deployed
 */
public record Deployment(
    long chainId,
    Address token,
    Address models,
    Address workers,
    Address parameterSets,
    Address market,
    Address court,
    Address governor,
    long blockNumber,
    Hash genesisHash,
    String profile) {

  /**
   * Reads the file.
   *
   * @throws ChainException.InvalidDeployment naming the field that is missing or wrong
   */
  public static Deployment read(Path file) {
    try {
      JsonNode json = new JsonMapper().readTree(Files.readString(file));
      return new Deployment(
          number(json, "chainId"),
          address(json, "token"),
          address(json, "models"),
          address(json, "workers"),
          address(json, "parameterSets"),
          address(json, "market"),
          address(json, "court"),
          address(json, "governor"),
          number(json, "blockNumber"),
          Hash.fromHex(text(json, "genesisHash")),
          text(json, "profile"));
    } catch (IOException unreadable) {
      throw new ChainException.InvalidDeployment(
          file.toString(), "it can't be read as JSON: " + unreadable.getMessage(), unreadable);
    } catch (IllegalArgumentException invalid) {
      throw new ChainException.InvalidDeployment(
          file.toString(), String.valueOf(invalid.getMessage()), invalid);
    }
  }

  /**
   * Makes sure that the node is of this deployment's chain and has its contracts.
   *
   * @throws ChainException.WrongChain if the chain id differs
   * @throws ChainException.WrongGenesis if the chain id is the same, but the first block is not
   * @throws ChainException.NoContract if one of the contracts isn't there
   */
  public void check(ChainClient node) {
    long actual = node.chainId();
    if (actual != chainId) {
      throw new ChainException.WrongChain(node.endpoint(), chainId, actual);
    }
    Hash genesis =
        node.block(0)
            .orElseThrow(() -> new ChainException.Undecodable("the chain's first block", null))
            .hash();
    if (!genesis.equals(genesisHash)) {
      throw new ChainException.WrongGenesis(node.endpoint(), genesisHash, genesis);
    }
    checkContract(node, "token", token);
    checkContract(node, "model registry", models);
    checkContract(node, "worker registry", workers);
    checkContract(node, "parameter sets", parameterSets);
    checkContract(node, "market", market);
    checkContract(node, "court", court);
    checkContract(node, "governor", governor);
  }

  /** The block from which a new journal polls: the one before the deployment's. */
  public BlockReference start(ChainClient node) {
    return node.block(Math.max(0, blockNumber - 1))
        .orElseThrow(() -> new ChainException.NoContract("market", market));
  }

  private static void checkContract(ChainClient node, String role, Address address) {
    if (!node.hasCode(address)) {
      throw new ChainException.NoContract(role, address);
    }
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("the text '" + field + "' is missing");
    }
    return value.textValue();
  }

  private static long number(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException("the number '" + field + "' is missing");
    }
    return value.longValue();
  }

  private static Address address(JsonNode json, String field) {
    String text = text(json, field);
    try {
      return new Address(text);
    } catch (IllegalArgumentException invalid) {
      throw new IllegalArgumentException("'" + field + "': " + invalid.getMessage(), invalid);
    }
  }
}
