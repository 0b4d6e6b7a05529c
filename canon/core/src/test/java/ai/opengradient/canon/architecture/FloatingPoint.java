package ai.opengradient.canon.architecture;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for floating-point instructions in compiled classes: none decides a consensus result, but
 * for moves. Bits become a float only to be shown or handed out.
 *
 * @param found instructions that compute with floating-point numbers
 * @param instructions how many were looked at
 */
public record FloatingPoint(List<String> found, int instructions) {
  private static final Path CLASSES = Path.of("target", "classes");

  /** Methods that give the same bits another type, or text. */
  private static final Set<String> REINTERPRETATIONS =
      Set.of("intBitsToFloat", "floatToRawIntBits", "toString");

  /** In the classes of the module that is tested. */
  public static FloatingPoint ofModule() throws IOException {
    List<String> found = new ArrayList<>();
    int instructions = 0;
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        ClassModel type = ClassFile.of().parse(file);
        for (MethodModel method : type.methods()) {
          List<CodeElement> code =
              method.code().map(body -> List.copyOf(body.elementList())).orElse(List.of());
          for (CodeElement element : code) {
            if (element instanceof Instruction instruction) {
              instructions++;
              if (computes(instruction)) {
                found.add(type.thisClass().name() + "." + method.methodName() + ": " + instruction);
              }
            }
          }
        }
      }
    }
    return new FloatingPoint(found, instructions);
  }

  private static boolean computes(Instruction instruction) {
    return switch (instruction) {
      case OperatorInstruction operator ->
          isFloating(operator.typeKind()) || isComparison(operator.opcode());
      case ConvertInstruction conversion ->
          isFloating(conversion.fromType()) || isFloating(conversion.toType());
      case InvokeInstruction call ->
          call.owner().name().stringValue().startsWith("java/lang/")
              && !REINTERPRETATIONS.contains(call.name().stringValue())
              && (isFloating(call.typeSymbol().returnType())
                  || call.typeSymbol().parameterList().stream()
                      .anyMatch(FloatingPoint::isFloating));
      default -> false;
    };
  }

  private static boolean isComparison(Opcode opcode) {
    return switch (opcode) {
      case FCMPL, FCMPG, DCMPL, DCMPG -> true;
      default -> false;
    };
  }

  private static boolean isFloating(TypeKind kind) {
    return kind == TypeKind.FLOAT || kind == TypeKind.DOUBLE;
  }

  private static boolean isFloating(ClassDesc type) {
    return type.equals(ConstantDescs.CD_float) || type.equals(ConstantDescs.CD_double);
  }
}
