package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.engine.access.IndexMap;
import ai.opengradient.canon.engine.access.Nest;
import ai.opengradient.canon.engine.access.Run;
import ai.opengradient.canon.engine.access.Walk;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.util.List;
import java.util.stream.Stream;

/** GATHER: along a run with one index in one piece, otherwise element by element. */
public final class Gather implements Step {
  /** Elements of a task, or a little more. */
  private static final int TASK = 1 << 14;

  private final Nest nest;
  private final IndexMap indices;
  private final IndexMap data;

  /** Of the gathered axis. */
  private final int extent;

  /** Elements of the data from one point on the gathered axis to the next. */
  private final int step;

  /** Of the data's tensor. */
  private final int count;

  /** Whether the data's tensor has an element for every point of the view. */
  private final boolean isFilled;

  private final long outOfRange;
  private final int taskRuns;

  /**
   * A node's.
   *
   * @param counts of its operands' tensors
   */
  public Gather(Node.Gather gather, List<Integer> counts) {
    int[] extents = Nest.box(gather.space());
    View view = gather.data().view();
    count = counts.getLast();
    isFilled = count >= view.size();
    extent = view.axes().get(gather.axis()).extent();
    step =
        view.axes().stream()
            .skip(gather.axis() + 1L)
            .mapToInt(View.Axis::extent)
            .reduce(1, (a, b) -> a * b);
    IndexMap unmergedIndices = IndexMap.of(gather.indices().view(), counts.getFirst(), extents);
    // As for a tensor that fills the view: the index is added to what the map gives.
    IndexMap unmergedData = IndexMap.of(view, view.size(), extents);
    nest =
        Nest.of(
            extents,
            Stream.concat(unmergedIndices.forms().stream(), unmergedData.forms().stream())
                .toList());
    indices = unmergedIndices.over(nest);
    data = unmergedData.over(nest);
    outOfRange = gather.dataType() == DataType.FLOAT32 ? Float32.NAN : 0;
    taskRuns = Math.ceilDiv(TASK, nest.length());
  }

  @Override
  public Algorithm algorithm() {
    return Algorithm.GATHER;
  }

  @Override
  public void run(List<Elements> operands, Elements result, Crew crew, Tally tally)
      throws InterruptedException {
    crew.share(
        nest.runs(),
        taskRuns,
        (first, count, workspace) -> {
          Walk indexWalk = new Walk(nest, indices);
          Walk dataWalk = new Walk(nest, data);
          indexWalk.seek(first);
          dataWalk.seek(first);
          for (int run = first; run < first + count; run++) {
            workspace.requireUninterrupted();
            gather(operands, indexWalk, dataWalk, result, run * nest.length());
            indexWalk.advance();
            dataWalk.advance();
          }
        });
  }

  /** Writes the elements of the walks' present run. */
  private void gather(
      List<Elements> operands, Walk indexWalk, Walk dataWalk, Elements result, int at) {
    Elements source = operands.getLast();
    result.fill(at, nest.length(), outOfRange);
    if (!indexWalk.isStrided() || !dataWalk.isStrided()) {
      for (int point = 0; point < nest.length(); point++) {
        gatherOne(operands, indexWalk.index(point), dataWalk.index(point), result, at + point);
      }
      return;
    }
    Run indexRun = indexWalk.run();
    Run dataRun = dataWalk.run();
    int from = Math.max(indexRun.from(), dataRun.from());
    int to = Math.min(indexRun.to(), dataRun.to());
    if (from >= to) {
      return;
    }
    if (indexRun.stride() == 0 && isFilled) {
      long picked = picked(operands.getFirst(), indexRun.place(from));
      if (picked >= 0 && picked < extent) {
        int place = dataRun.place(from) + (int) picked * step;
        source.copy(place, dataRun.stride(), to - from, result, at + from);
      }
      return;
    }
    for (int point = from; point < to; point++) {
      gatherOne(operands, indexRun.place(point), dataRun.place(point), result, at + point);
    }
  }

  private void gatherOne(
      List<Elements> operands, int indexPlace, int dataPlace, Elements result, int at) {
    if (indexPlace == IndexMap.OUT_OF_BOUNDS || dataPlace == IndexMap.OUT_OF_BOUNDS) {
      return;
    }
    long picked = picked(operands.getFirst(), indexPlace);
    if (picked >= 0 && picked < extent) {
      long place = dataPlace + picked * step;
      if (place < count) {
        operands.getLast().copy((int) place, 1, 1, result, at);
      }
    }
  }

  private long picked(Elements source, int place) {
    long index = source.element(place);
    return index < 0 ? index + extent : index;
  }
}
