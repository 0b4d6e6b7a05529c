package ai.opengradient.canon.engine.bench;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.engine.commitment.BouncyCastleTree;
import ai.opengradient.canon.engine.commitment.LanewiseTensorTree;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time in which one thread finds the tree root of a tensor of 64 MiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TensorTreeBenchmark {
  static final int BYTES = 64 << 20;

  private final byte[] tensor = new byte[BYTES];

  public TensorTreeBenchmark() {
    new Random(1).nextBytes(tensor);
  }

  @Benchmark
  public Hash lanewise() {
    return LanewiseTensorTree.root(ByteBuffer.wrap(tensor));
  }

  @Benchmark
  public Hash core() {
    return TensorTree.root(tensor);
  }

  @Benchmark
  public byte[] bouncyCastle() {
    return BouncyCastleTree.root(tensor);
  }
}
