package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.canon.tensor.TensorType;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;
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

  /** The number of models; ids are 1 to it. */
  public long modelCount() {
    return Abi.number(view.read("modelCount()", List.of(), new TypeReference<Uint32>() {}).get(0));
  }

  /** The number of versions; ids are 1 to it. */
  public long versionCount() {
    return Abi.number(
        view.read("versionCount()", List.of(), new TypeReference<Uint32>() {}).get(0));
  }

  /** A model; refused with {@code UnknownModel}. */
  public Model model(long id) {
    List<Type<?>> model =
        view.read(
            "modelOf(uint32)",
            List.of(new Uint32(id)),
            new TypeReference<org.web3j.abi.datatypes.Address>() {},
            new TypeReference<Utf8String>() {});
    return new Model(id, Abi.address(model.get(0)), (String) model.get(1).getValue());
  }

  /** A version; refused with {@code UnknownVersion}. */
  public PublishedVersion version(long id) {
    List<Type<?>> version =
        view.read(
            "versionOf(uint32)",
            List.of(new Uint32(id)),
            new TypeReference<Uint32>() {},
            new TypeReference<Bool>() {},
            new TypeReference<AbiStructs.VersionStruct>() {});
    try {
      return new PublishedVersion(
          id,
          Abi.number(version.get(0)),
          (Boolean) version.get(1).getValue(),
          content((AbiStructs.VersionStruct) version.get(2)));
    } catch (TensorException invalid) {
      throw new ChainException.Undecodable("version " + id, invalid);
    }
  }

  private static ModelVersion content(AbiStructs.VersionStruct struct) {
    return new ModelVersion(
        HexFormat.of().formatHex(struct.manifest.getValue()),
        Hash.of(struct.fileHash.getValue()),
        Abi.number(struct.fileLength),
        Abi.amount(struct.royalty),
        Abi.amount(struct.bond),
        Abi.amount(struct.tracePrice),
        struct.licence.getValue(),
        Abi.elements(AbiStructs.FloatPairStruct.class, struct.bands).stream()
            .map(band -> new ModelVersion.Band(floatOf(band.first), floatOf(band.second)))
            .toList(),
        Abi.elements(AbiStructs.FloatPairStruct.class, struct.domains).stream()
            .map(domain -> new ModelVersion.Domain(floatOf(domain.first), floatOf(domain.second)))
            .toList(),
        Abi.elements(AbiStructs.BindingStruct.class, struct.bindings).stream()
            .map(binding ->
                new ModelVersion.Binding(
                    Hash.of(binding.programRoot.getValue()),
                    types(binding.inputs),
                    types(binding.outputs)))
            .toList());
  }

  private static List<TensorType> types(DynamicArray<Uint256> words) {
    return Abi.elements(Uint256.class, words).stream()
        .map(word -> TensorType.unpack(word.getValue()))
        .toList();
  }

  private static float floatOf(Uint32 bits) {
    return Float.intBitsToFloat(bits.getValue().intValue());
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
        .filter(log -> log.topics().size() > 1 && log.topics().get(0).equals(event))
        .mapToLong(log -> Hexadecimal.number(log.topics().get(1)).longValueExact())
        .findFirst();
  }
}
