package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.TensorException;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.web3j.abi.datatypes.generated.Uint32;

/**
 * What the model registry says at the newest block. A refusal is {@link ChainException.CallRefused}
 * with its error.
 */
public final class ModelReader {

  private static final String CREATED = Abi.topic("ModelCreated(uint32,address,string)");
  private static final String PUBLISHED = Abi.topic("VersionPublished(uint32,uint32,bytes,bool)");

  private final ChainClient node;
  private final ContractView view;

  public ModelReader(ChainClient node, Deployment deployment) {
    this.node = node;
    this.view = new ContractView(node, deployment.models());
  }

  /** The number of versions; ids are 1 to it. */
  public long versionCount() {
    return view.read("versionCount()", AbiReader::number);
  }

  /** A model; refused with {@code UnknownModel}. */
  public Model model(long id) {
    return view.read(
        "modelOf(uint32)", model -> new Model(id, model.address(), model.text()), new Uint32(id));
  }

  /** A version; refused with {@code UnknownVersion}. */
  public PublishedVersion version(long id) {
    try {
      return view.read(
          "versionOf(uint32)",
          version ->
              new PublishedVersion(
                  id, version.number(), version.flag(), version.struct(ModelReader::content)),
          new Uint32(id));
    } catch (TensorException invalid) {
      throw new ChainException.Undecodable("version " + id, invalid);
    }
  }

  private static ModelVersion content(AbiReader fields) {
    return new ModelVersion(
        HexFormat.of().formatHex(fields.bytes()),
        fields.hash(),
        fields.number(),
        fields.amount(),
        fields.amount(),
        fields.amount(),
        fields.text(),
        fields.list(band -> new ModelVersion.Band(band.float32(), band.float32())),
        fields.list(domain -> new ModelVersion.Domain(domain.float32(), domain.float32())),
        fields.structs(binding ->
            new ModelVersion.Binding(
                binding.hash(), binding.tensorTypes(), binding.tensorTypes())));
  }

  /** The id of the model that a mined transaction created, if it did. */
  public OptionalLong modelCreatedBy(Hash transaction) {
    return firstIndexed(CREATED, transaction);
  }

  /** The id of the version that a mined transaction published, if it did. */
  public OptionalLong versionPublishedBy(Hash transaction) {
    return firstIndexed(PUBLISHED, transaction);
  }

  private OptionalLong firstIndexed(String event, Hash transaction) {
    return node.logsOf(transaction).stream()
        .filter(log -> log.contract().equals(view.contract()))
        .filter(log -> log.topics().size() > 1 && log.isOf(event))
        .mapToLong(log -> log.number(1))
        .findFirst();
  }
}
