package ai.opengradient.canon.program;

/** Writes a node's descriptor: the mirror image of {@link DescriptorReader}. */
final class DescriptorWriter {
  private final ByteWriter bytes = new ByteWriter();

  private DescriptorWriter() {}

  static byte[] write(Node node) {
    DescriptorWriter writer = new DescriptorWriter();
    writer.node(node);
    byte[] descriptor = writer.bytes.toByteArray();
    ProgramException.requireCount("bytes of a descriptor", descriptor.length, 0, Caps.DESCRIPTOR);
    return descriptor;
  }

  private void node(Node node) {
    switch (node) {
      case Node.Input input -> {
        given(Codes.INPUT, input);
        bytes.u8(input.input());
      }
      case Node.Weight weight -> {
        given(Codes.WEIGHT, weight);
        bytes.bytes(weight.root().bytes());
      }
      case Node.Claim claim -> {
        given(Codes.CLAIM, claim);
        bytes.u8(claim.output());
      }
      case Node.Map map -> {
        head(Codes.MAP, map);
        space(map.space());
        bytes.list(map.slots(), this::slot);
        bytes.list(map.expression().primitives(), this::primitive);
      }
      case Node.Fold fold -> {
        head(Codes.FOLD, fold);
        bytes.u8(fold.reduction().code());
        space(fold.space());
        space(fold.terms());
        fold.factors().forEach(this::typedOperand);
        if (fold.reduction() == Reduction.DOT) {
          bytes.list(fold.addend().stream().toList(), this::typedOperand);
        }
      }
      case Node.Gather gather -> {
        head(Codes.GATHER, gather);
        space(gather.space());
        typedOperand(gather.indices());
        operand(gather.data());
        bytes.u8(gather.axis());
      }
    }
  }

  private void head(int kind, Node node) {
    bytes.u8(kind);
    bytes.dataType(node.dataType());
  }

  private void given(int kind, Node.Given node) {
    head(kind, node);
    bytes.u32(node.count());
  }

  private void space(Space space) {
    bytes.list(space.extents(), bytes::u32);
  }

  private void typedOperand(Operand operand) {
    bytes.dataType(operand.dataType());
    operand(operand);
  }

  private void operand(Operand operand) {
    bytes.u32(operand.node());
    bytes.list(operand.view().axes(), this::axis);
  }

  private void axis(View.Axis axis) {
    bytes.u32(axis.extent());
    bytes.u32(axis.offset());
    bytes.u32(axis.divisor());
    bytes.list(
        axis.terms(),
        term -> {
          bytes.u8(term.axis());
          bytes.u32(term.coefficient());
        });
  }

  private void slot(Slot slot) {
    bytes.dataType(slot.dataType());
    bytes.element(slot.dataType(), slot.pad());
    bytes.list(slot.alternatives(), this::operand);
  }

  private void primitive(Primitive primitive) {
    switch (primitive) {
      case Primitive.Constant constant -> {
        bytes.u8(Codes.CONST);
        bytes.dataType(constant.dataType());
        bytes.element(constant.dataType(), constant.element());
      }
      case Primitive.Index index -> {
        bytes.u8(Codes.INDEX);
        bytes.u8(index.axis());
      }
      case Primitive.Cast cast -> {
        bytes.u8(Codes.CAST);
        bytes.dataType(cast.dataType());
        bytes.u8(cast.register());
      }
      case Primitive.Within within -> {
        bytes.u8(Codes.WITHIN);
        within.registers().forEach(bytes::u8);
        bytes.u32(within.band().absolute());
        bytes.u32(within.band().relative());
      }
      case Primitive.Function function -> {
        bytes.u8(function.function().code());
        bytes.u8(function.register());
      }
      case Primitive.Apply apply -> {
        bytes.u8(apply.operation().code());
        apply.registers().forEach(bytes::u8);
      }
    }
  }
}
