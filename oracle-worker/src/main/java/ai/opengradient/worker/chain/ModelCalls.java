package ai.opengradient.worker.chain;

import ai.opengradient.canon.program.ProgramOpening;
import ai.opengradient.canon.tensor.TensorType;
import java.math.BigInteger;
import java.util.List;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint96;

/**
 * Calls of the model registry that change something. What each does and refuses stands in {@code
 * IModelRegistry}.
 */
public final class ModelCalls {

  private final Address models;

  public ModelCalls(Deployment deployment) {
    this.models = deployment.models();
  }

  /** Creates a model owned by the caller. */
  public Call createModel(String name) {
    return new Call(models, Abi.call("createModel(string)", new Utf8String(name)));
  }

  /**
   * Publishes an immutable version of a model of the caller's.
   *
   * @param programs one for each binding that has a program, in their order
   */
  public Call publish(long model, ModelVersion content, List<ProgramOpening> programs) {
    return new Call(
        models,
        Abi.call(
            "publish(uint32,(bytes,bytes32,uint64,uint96,uint96,uint96,string,"
                + "(uint32,uint32)[],(uint32,uint32)[],(bytes32,uint256[],uint256[])[]),"
                + "(uint32,uint32,bytes32,uint32[],(uint32,bytes)[],bytes32[])[])",
            new Uint32(model),
            struct(content),
            new DynamicArray<>(
                DynamicStruct.class, programs.stream().map(ModelCalls::struct).toList())));
  }

  private static DynamicStruct struct(ProgramOpening program) {
    return new DynamicStruct(
        new Uint32(program.specVersion()),
        new Uint32(program.nodeCount()),
        new Bytes32(program.nodesRoot().bytes()),
        new DynamicArray<>(Uint32.class, program.outputs().stream().map(Uint32::new).toList()),
        new DynamicArray<>(
            DynamicStruct.class,
            program.nodes().stream()
                .map(node ->
                    new DynamicStruct(
                        new Uint32(node.position()), new DynamicBytes(node.descriptor().bytes())))
                .toList()),
        new DynamicArray<>(
            Bytes32.class,
            program.siblings().stream().map(sibling -> new Bytes32(sibling.bytes())).toList()));
  }

  private static DynamicStruct struct(ModelVersion content) {
    return new DynamicStruct(
        new DynamicBytes(content.manifestBytes()),
        new Bytes32(content.fileHash().bytes()),
        new Uint64(content.fileLength()),
        new Uint96(content.royalty().units()),
        new Uint96(content.bond().units()),
        new Uint96(content.tracePrice().units()),
        new Utf8String(content.licence()),
        new DynamicArray<>(
            StaticStruct.class,
            content.bands().stream()
                .map(band -> floats(band.absolute(), band.relative()))
                .toList()),
        new DynamicArray<>(
            StaticStruct.class,
            content.domains().stream().map(domain -> floats(domain.low(), domain.high())).toList()),
        new DynamicArray<>(
            DynamicStruct.class,
            content.bindings().stream()
                .map(binding ->
                    new DynamicStruct(
                        new Bytes32(binding.programRoot().bytes()),
                        words(binding.inputs()),
                        words(binding.outputs())))
                .toList()));
  }

  private static StaticStruct floats(float first, float second) {
    return new StaticStruct(bits(first), bits(second));
  }

  private static Uint32 bits(float value) {
    return new Uint32(BigInteger.valueOf(Integer.toUnsignedLong(Float.floatToRawIntBits(value))));
  }

  private static DynamicArray<Uint256> words(List<TensorType> types) {
    return new DynamicArray<>(
        Uint256.class, types.stream().map(type -> new Uint256(type.pack())).toList());
  }

  /** Marks a version as not to be used for new jobs. */
  public Call deprecate(long version) {
    return new Call(models, Abi.call("deprecate(uint32)", new Uint32(version)));
  }
}
