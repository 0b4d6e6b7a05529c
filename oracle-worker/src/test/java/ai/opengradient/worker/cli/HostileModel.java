package ai.opengradient.worker.cli;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.examples.BenchmarkModels;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** A sound model with one thing wrong. */
enum HostileModel {
  EXTERNAL_DATA,
  CUSTOM_DOMAIN,
  BROKEN_PROTOBUF,
  TWO_GIGABYTES_IN_ONE_KILOBYTE;

  byte[] bytes() {
    byte[] sound = BenchmarkModels.line();
    ModelProto.Builder model = builder(sound);
    return switch (this) {
      case EXTERNAL_DATA -> {
        model
            .getGraphBuilder()
            .getInitializerBuilder(0)
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        yield model.build().toByteArray();
      }
      case CUSTOM_DOMAIN -> {
        model.addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain("com.example").setVersion(1));
        NodeProto.Builder node = model.getGraphBuilder().getNodeBuilder(0);
        node.setDomain("com.example");
        yield model.build().toByteArray();
      }
      case BROKEN_PROTOBUF -> Arrays.copyOf(sound, sound.length - 3);
      case TWO_GIGABYTES_IN_ONE_KILOBYTE -> {
        model.getGraphBuilder().getInitializerBuilder(0).clearDims().addDims(1L << 29);
        yield model.build().toByteArray();
      }
    };
  }

  private static ModelProto.Builder builder(byte[] model) {
    try {
      return ModelProto.parseFrom(model).toBuilder();
    } catch (InvalidProtocolBufferException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
