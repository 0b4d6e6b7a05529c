package ai.opengradient.canon.engine;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT32;
import static ai.opengradient.canon.tensor.DataType.INT64;
import static ai.opengradient.canon.tensor.DataType.INT8;
import static ai.opengradient.canon.tensor.DataType.UINT8;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.ProgramException;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Builds a valid program at random, node by node, with what it is given. */
public final class RandomProgram {
  private static final List<DataType> TYPES = List.of(DataType.values());
  private static final List<DataType> INTEGERS = List.of(UINT8, INT8, INT32, INT64);
  private static final List<Reduction> REDUCTIONS = List.of(Reduction.values());
  private static final int MOST_COUNT = 3_000;

  /** Of some nodes, so that several tasks share them. */
  private static final int LARGE_COUNT = 200_000;

  private static final int MOST_WORK = 60_000;
  private static final int MOST_INPUTS = 8;

  private final RandomGenerator random;
  private final RandomViews views;
  private final List<Node> nodes = new ArrayList<>();
  private final List<WholeTensor> inputs = new ArrayList<>();
  private final Map<Hash, ByteBuffer> weights = new HashMap<>();

  public RandomProgram(RandomGenerator random) {
    this.random = random;
    views = new RandomViews(random);
  }

  /** Adds computed nodes until there are so many, and what they read. */
  public RandomProgram addNodes(int count) {
    for (int added = 0; added < count; ) {
      int before = nodes.size();
      try {
        nodes.add(
            switch (random.nextInt(8)) {
              case 0, 1, 2 -> map();
              case 3, 4, 5, 6 -> fold();
              default -> gather();
            });
        added++;
      } catch (ProgramException e) {
        // Not every draw makes a valid node; what was drawn for it may stay.
        if (nodes.size() < before) {
          throw e;
        }
      }
    }
    return this;
  }

  public Program program() {
    return new Program(nodes, List.of(nodes.size() - 1, random.nextInt(nodes.size())));
  }

  public GivenTensors given() {
    return new GivenTensors(inputs, weights, List.of());
  }

  private Node map() {
    Space space = space(random.nextInt(20) == 0 ? LARGE_COUNT : MOST_COUNT);
    List<Slot> slots = new ArrayList<>();
    for (int left = random.nextInt(1, 4); left > 0; left--) {
      slots.add(slot(any(TYPES), space));
    }
    if (random.nextInt(4) == 0) {
      Slot slot = slots.getFirst();
      return new Node.Map(slot.dataType(), space, List.of(slot), Expression.IDENTITY);
    }
    List<DataType> types = new ArrayList<>(slots.stream().map(Slot::dataType).toList());
    List<Primitive> primitives = new ArrayList<>();
    List<Integer> unread = new ArrayList<>();
    for (int slot = 0; slot < slots.size(); slot++) {
      unread.add(slot);
    }
    int wanted = random.nextInt(1, 8);
    while (primitives.size() < wanted || unread.size() > 1) {
      Primitive primitive = primitive(types, unread, space.rank());
      primitives.add(primitive);
      unread.removeAll(primitive.registers());
      unread.add(types.size());
      types.add(typeOf(primitive, types));
    }
    return new Node.Map(types.getLast(), space, slots, new Expression(primitives));
  }

  private Slot slot(DataType type, Space space) {
    List<Operand> alternatives = new ArrayList<>();
    for (int left = random.nextInt(4) > 0 ? 1 : random.nextInt(2, 4); left > 0; left--) {
      alternatives.add(operand(type, views.view(space.extents())));
    }
    return new Slot(type, RandomElements.canonical(type, random), alternatives);
  }

  /** A primitive that reads at least one register which none has read, if there are several. */
  private Primitive primitive(List<DataType> types, List<Integer> unread, int rank) {
    int first = any(unread);
    DataType type = types.get(first);
    int second = registerOf(type, types, unread);
    if (random.nextInt(10) == 0) {
      return random.nextBoolean() && rank > 0
          ? new Primitive.Index(random.nextInt(rank))
          : constant();
    }
    if (random.nextInt(5) == 0 || (unread.size() > 1 && first == second)) {
      return new Primitive.Cast(any(TYPES), first);
    }
    int bool = registerOf(BOOL, types, unread);
    if (bool >= 0 && random.nextInt(3) == 0) {
      return Primitive.apply(Operation.SELECT, bool, first, second);
    }
    if (type == FLOAT32 && random.nextInt(4) == 0) {
      return new Primitive.Function(any(List.of(UnaryFunction.values())), first);
    }
    if (type == FLOAT32 && random.nextInt(12) == 0) {
      return new Primitive.Within(
          first, second, new Band(random.nextInt(0x7f800000), random.nextInt(0x3f800000)));
    }
    Operation operation = any(operations(type));
    return operation.operands() == 1
        ? Primitive.apply(operation, first)
        : Primitive.apply(operation, first, second);
  }

  private Primitive constant() {
    DataType type = any(TYPES);
    return new Primitive.Constant(type, RandomElements.canonical(type, random));
  }

  private int registerOf(DataType type, List<DataType> types, List<Integer> unread) {
    List<Integer> unreadOfType = unread.stream().filter(at -> types.get(at) == type).toList();
    if (!unreadOfType.isEmpty() && random.nextBoolean()) {
      return any(unreadOfType);
    }
    List<Integer> ofType = new ArrayList<>();
    for (int register = 0; register < types.size(); register++) {
      if (types.get(register) == type) {
        ofType.add(register);
      }
    }
    return ofType.isEmpty() ? -1 : any(ofType);
  }

  private static List<Operation> operations(DataType type) {
    return switch (type) {
      case FLOAT32 ->
          List.of(
              Operation.EQ,
              Operation.NE,
              Operation.LT,
              Operation.LE,
              Operation.ADD,
              Operation.SUB,
              Operation.MUL,
              Operation.DIV,
              Operation.NEG,
              Operation.ABS,
              Operation.MAX,
              Operation.MIN,
              Operation.SQRT,
              Operation.FLOOR,
              Operation.CEIL,
              Operation.RINT);
      case BOOL ->
          List.of(
              Operation.EQ,
              Operation.NE,
              Operation.LT,
              Operation.LE,
              Operation.AND,
              Operation.OR,
              Operation.XOR,
              Operation.NOT);
      case UINT8, INT8, INT32, INT64 ->
          List.of(
              Operation.EQ,
              Operation.NE,
              Operation.LT,
              Operation.LE,
              Operation.ADD,
              Operation.SUB,
              Operation.MUL,
              Operation.DIV,
              Operation.MOD,
              Operation.NEG,
              Operation.ABS,
              Operation.MAX,
              Operation.MIN,
              Operation.AND,
              Operation.OR,
              Operation.XOR,
              Operation.NOT,
              Operation.SHL,
              Operation.SHR);
    };
  }

  private static DataType typeOf(Primitive primitive, List<DataType> types) {
    return switch (primitive) {
      case Primitive.Constant constant -> constant.dataType();
      case Primitive.Index _ -> INT64;
      case Primitive.Cast cast -> cast.dataType();
      case Primitive.Within _ -> BOOL;
      case Primitive.Function _ -> FLOAT32;
      case Primitive.Apply apply ->
          switch (apply.operation()) {
            case EQ, NE, LT, LE -> BOOL;
            default -> types.get(apply.registers().getLast());
          };
    };
  }

  private Node fold() {
    Reduction reduction = random.nextBoolean() ? Reduction.DOT : any(REDUCTIONS);
    if (reduction == Reduction.DOT && random.nextBoolean()) {
      return product();
    }
    if (random.nextInt(4) == 0) {
      return slide();
    }
    Space terms = terms();
    Space space = space(Math.max(1, MOST_WORK / 4 / terms.size()));
    List<Integer> extents = new ArrayList<>(space.extents());
    extents.addAll(terms.extents());
    DataType type =
        reduction == Reduction.AND ? BOOL : random.nextBoolean() ? FLOAT32 : any(INTEGERS);
    if (isMean(reduction)) {
      type = FLOAT32;
    }
    DataType result = result(reduction, type);
    List<Operand> factors = new ArrayList<>();
    factors.add(operand(type, views.contiguous(extents)));
    if (reduction == Reduction.DOT) {
      DataType second = type == FLOAT32 ? FLOAT32 : any(INTEGERS);
      factors.add(operand(second, views.contiguous(extents)));
    }
    return new Node.Fold(
        result, reduction, space, terms, factors, addend(reduction, result, space));
  }

  private static boolean isMean(Reduction reduction) {
    return reduction == Reduction.MEAN || reduction == Reduction.MEANSQ;
  }

  private DataType result(Reduction reduction, DataType type) {
    return switch (reduction) {
      case DOT, SUM, MEAN, MEANSQ -> type == FLOAT32 ? FLOAT32 : any(List.of(INT32, INT64));
      case MAX, MIN, AND -> type;
      case ARGMAX, ARGMIN -> INT64;
    };
  }

  private Optional<Operand> addend(Reduction reduction, DataType type, Space space) {
    return reduction == Reduction.DOT && random.nextBoolean()
        ? Optional.of(operand(type, views.view(space.extents())))
        : Optional.empty();
  }

  /** A DOT that is a batch of products, or a convolution. */
  private Node product() {
    // Some are large enough for several parts.
    boolean isLarge = random.nextInt(10) == 0;
    int rows = isLarge ? random.nextInt(100, 200) : random.nextInt(1, 24);
    int columns = isLarge ? random.nextInt(300, 500) : random.nextInt(1, 50);
    int batch = random.nextInt(3) > 0 ? 1 : random.nextInt(2, 4);
    int channels = Math.clamp(MOST_WORK / (rows * columns * batch), 1, random.nextInt(1, 600));
    int taps = random.nextInt(1, 4);
    boolean isFloat = random.nextInt(4) > 0;
    DataType first = isFloat ? FLOAT32 : any(INTEGERS);
    DataType second = isFloat ? FLOAT32 : any(INTEGERS);
    DataType result = isFloat ? FLOAT32 : any(List.of(INT32, INT64));
    Space space =
        random.nextBoolean() ? Space.of(batch, rows, columns) : Space.of(batch, columns, rows);
    boolean isTransposed = space.extents().get(1) == columns;
    int rowAxis = isTransposed ? 2 : 1;
    int columnAxis = isTransposed ? 1 : 2;
    int stride = random.nextInt(1, 3);
    int padding = random.nextInt(taps);
    View image =
        View.of(
            View.Axis.along(batch, 0),
            View.Axis.affine(
                Math.max(1, (rows - 1) * stride + taps - 2 * padding),
                -padding,
                new View.Term(rowAxis, stride),
                new View.Term(3, 1)),
            View.Axis.along(channels, 4));
    View kernel =
        View.of(
            random.nextBoolean() ? View.Axis.along(batch, 0) : View.Axis.affine(1, 0),
            View.Axis.along(columns, columnAxis),
            View.Axis.along(taps, 3),
            View.Axis.along(channels, 4));
    Operand a = operand(first, image);
    Operand b = operand(second, kernel);
    return new Node.Fold(
        result,
        Reduction.DOT,
        space,
        Space.of(taps, channels),
        random.nextBoolean() ? List.of(a, b) : List.of(b, a),
        addend(Reduction.DOT, result, space));
  }

  /** A fold over a window that slides over an image, channel by channel. */
  private Node slide() {
    int channels = random.nextInt(8, 40);
    int side = random.nextInt(1, 8);
    int window = random.nextInt(1, 4);
    int stride = random.nextInt(1, 3);
    int padding = random.nextInt(window);
    Reduction reduction = any(REDUCTIONS);
    boolean isFloat = random.nextBoolean() || isMean(reduction);
    DataType type = reduction == Reduction.AND ? BOOL : isFloat ? FLOAT32 : any(INTEGERS);
    DataType result = result(reduction, type);
    Space space = Space.of(side, side, channels);
    View.Axis channel = View.Axis.affine(channels, 0, new View.Term(2, 1), new View.Term(5, 1));
    int image = Math.max(1, (side - 1) * stride + window - 2 * padding);
    List<Operand> factors = new ArrayList<>();
    factors.add(
        operand(
            type,
            View.of(
                View.Axis.affine(image, -padding, new View.Term(0, stride), new View.Term(3, 1)),
                View.Axis.affine(image, -padding, new View.Term(1, stride), new View.Term(4, 1)),
                channel)));
    if (reduction == Reduction.DOT) {
      View kernel =
          random.nextBoolean()
              ? View.of(View.Axis.along(window, 3), View.Axis.along(window, 4), channel)
              : View.of(
                  View.Axis.along(channels, 2),
                  View.Axis.along(window, 3),
                  View.Axis.along(window, 4),
                  View.Axis.along(1, 5));
      factors.add(operand(type == FLOAT32 ? FLOAT32 : any(INTEGERS), kernel));
    }
    return new Node.Fold(
        result,
        reduction,
        space,
        Space.of(window, window, 1),
        factors,
        addend(reduction, result, space));
  }

  private Node gather() {
    Space space = space(random.nextInt(20) == 0 ? LARGE_COUNT : MOST_COUNT);
    DataType type = any(TYPES);
    View.Axis gathered = View.Axis.affine(random.nextInt(1, 12), 0);
    List<View.Axis> axes = new ArrayList<>(views.view(space.extents()).axes());
    int axis = random.nextInt(axes.size() + 1);
    axes.add(axis, gathered);
    DataType indexType = random.nextBoolean() ? INT32 : INT64;
    View indexView = views.view(space.extents());
    Operand indices = operand(indexType, indexView);
    if (random.nextBoolean()) {
      indices = new Operand(indexTensor(indexType, indexView.size()), indexType, indexView);
    }
    return new Node.Gather(type, space, indices, operand(type, new View(axes)), axis);
  }

  /** Indices of which most are in range. */
  private int indexTensor(DataType type, int count) {
    ByteBuffer data = ByteBuffer.allocate(count * type.width());
    while (data.hasRemaining()) {
      int index = random.nextInt(-8, 12);
      if (type == INT32) {
        data.putInt(index);
      } else {
        data.putLong(index);
      }
    }
    return weight(new WholeTensor(type, count, data.flip()));
  }

  private Operand operand(DataType type, View view) {
    List<Integer> existing = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      if (nodes.get(node).dataType() == type && nodes.get(node).count() * 2 >= view.size()) {
        existing.add(node);
      }
    }
    if (!existing.isEmpty() && random.nextInt(3) > 0) {
      return new Operand(any(existing), type, view);
    }
    int count =
        random.nextInt(5) > 0 ? view.size() : Math.max(1, view.size() + random.nextInt(-3, 3));
    WholeTensor tensor = RandomElements.tensor(type, count, random);
    return new Operand(random.nextBoolean() ? input(tensor) : weight(tensor), type, view);
  }

  private int input(WholeTensor tensor) {
    if (inputs.size() == MOST_INPUTS) {
      return weight(tensor);
    }
    inputs.add(tensor);
    return add(new Node.Input(tensor.dataType(), tensor.count(), inputs.size() - 1));
  }

  private int weight(WholeTensor tensor) {
    Hash root = TensorTree.root(tensor.data());
    weights.put(root, tensor.data());
    return add(new Node.Weight(tensor.dataType(), tensor.count(), root));
  }

  private int add(Node node) {
    nodes.add(node);
    return nodes.size() - 1;
  }

  private Space space(int most) {
    List<Integer> extents = new ArrayList<>();
    int left = most;
    for (int axis = random.nextInt(5); axis > 0; axis--) {
      int extent = random.nextInt(6) == 0 ? 1 : random.nextInt(1, Math.clamp(left, 2, 40) + 1);
      extents.add(Math.min(extent, left));
      left /= extents.getLast();
    }
    if (random.nextInt(4) == 0) {
      extents.add(random.nextInt(1, Math.max(2, left)));
    }
    return new Space(extents);
  }

  private Space terms() {
    List<Integer> extents = new ArrayList<>();
    int left = random.nextInt(5) == 0 ? 700 : 40;
    for (int axis = random.nextInt(1, 4); axis > 0; axis--) {
      extents.add(random.nextInt(1, Math.max(2, left)));
      left /= extents.getLast();
    }
    return new Space(extents);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
