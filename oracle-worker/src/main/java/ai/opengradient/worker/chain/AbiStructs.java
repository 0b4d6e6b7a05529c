package ai.opengradient.worker.chain;

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
import org.web3j.abi.datatypes.reflection.Parameterized;

/**
 * The contracts' structs that lie inside arrays or have a dynamic size. Web3j builds them by
 * reflection from the one public constructor, hence public classes in a closed one.
 */
final class AbiStructs {

  private AbiStructs() {}

  /** {@code Tensor} of {@code canon/TensorType.sol}. */
  public static final class TensorStruct extends DynamicStruct {
    final Uint256 kind;
    final DynamicBytes data;

    public TensorStruct(Uint256 kind, DynamicBytes data) {
      super(kind, data);
      this.kind = kind;
      this.data = data;
    }
  }

  /** {@code Band} and {@code Domain} of {@code IModelRegistry}: two float32 bit patterns. */
  public static final class FloatPairStruct extends StaticStruct {
    final Uint32 first;
    final Uint32 second;

    public FloatPairStruct(Uint32 first, Uint32 second) {
      super(first, second);
      this.first = first;
      this.second = second;
    }
  }

  /** {@code Binding} of {@code IModelRegistry}. */
  public static final class BindingStruct extends DynamicStruct {
    final Bytes32 programRoot;
    final DynamicArray<Uint256> inputs;
    final DynamicArray<Uint256> outputs;

    public BindingStruct(
        Bytes32 programRoot,
        @Parameterized(type = Uint256.class) DynamicArray<Uint256> inputs,
        @Parameterized(type = Uint256.class) DynamicArray<Uint256> outputs) {
      super(programRoot, inputs, outputs);
      this.programRoot = programRoot;
      this.inputs = inputs;
      this.outputs = outputs;
    }
  }

  /** {@code Version} of {@code IModelRegistry}. */
  public static final class VersionStruct extends DynamicStruct {
    final DynamicBytes manifest;
    final Bytes32 fileHash;
    final Uint64 fileLength;
    final Uint96 royalty;
    final Uint96 bond;
    final Uint96 tracePrice;
    final Utf8String licence;
    final DynamicArray<FloatPairStruct> bands;
    final DynamicArray<FloatPairStruct> domains;
    final DynamicArray<BindingStruct> bindings;

    public VersionStruct(
        DynamicBytes manifest,
        Bytes32 fileHash,
        Uint64 fileLength,
        Uint96 royalty,
        Uint96 bond,
        Uint96 tracePrice,
        Utf8String licence,
        @Parameterized(type = FloatPairStruct.class) DynamicArray<FloatPairStruct> bands,
        @Parameterized(type = FloatPairStruct.class) DynamicArray<FloatPairStruct> domains,
        @Parameterized(type = BindingStruct.class) DynamicArray<BindingStruct> bindings) {
      super(
          manifest,
          fileHash,
          fileLength,
          royalty,
          bond,
          tracePrice,
          licence,
          bands,
          domains,
          bindings);
      this.manifest = manifest;
      this.fileHash = fileHash;
      this.fileLength = fileLength;
      this.royalty = royalty;
      this.bond = bond;
      this.tracePrice = tracePrice;
      this.licence = licence;
      this.bands = bands;
      this.domains = domains;
      this.bindings = bindings;
    }
  }
}
