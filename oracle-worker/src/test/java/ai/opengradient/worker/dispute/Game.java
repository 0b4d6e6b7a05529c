package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A whole dispute: a challenger, a worker, and a referee between them. */
final class Game {
  /** How it ends. */
  enum Outcome {
    PROVED,
    SILENCED,
    CONCEDED,
    /** The referee refused the proof, or the challenger can't make sense of what it was shown. */
    REFUSED
  }

  private static final int MOVES = 10_000;

  private final Referee referee;
  private final Interrogation challenger;
  private final Function<Path, Optional<Answer>> worker;
  private final List<Hash> top;
  private Evidence evidence = Evidence.NONE;
  private int alternations;
  private int runs;
  private int tensorDepth;

  /**
   * A dispute about a trace that was asserted.
   *
   * @param top what was asserted of it
   * @param worker gives an answer, or none
   */
  Game(
      Referee referee,
      List<Hash> top,
      Interrogation challenger,
      Function<Path, Optional<Answer>> worker) {
    this.referee = referee;
    this.challenger = challenger;
    this.worker = worker;
    this.top = top;
  }

  /** What is known once a trace is asserted. */
  static Evidence asserted(Hash root, List<Hash> top) {
    return Evidence.NONE
        .with(new Event.TraceAsserted(root))
        .with(new Event.HashesRevealed(Path.Nodes.TOP, top));
  }

  int alternations() {
    return alternations;
  }

  /** How many times terms were added to an accumulator. */
  int runs() {
    return runs;
  }

  /** ⌈log₁₆ nodes⌉ + ⌈log₁₆ leaves⌉ + 1; the first row of the nodes takes none. */
  int mostAlternations(int nodes) {
    return (HashTree.depth(nodes) + 3) / 4 + (tensorDepth + 3) / 4 + 1;
  }

  Outcome play() {
    try {
      evidence = asserted(referee.assertTrace(top), top);
    } catch (Refused e) {
      return Outcome.SILENCED;
    }
    try {
      for (int move = 0; move < MOVES; move++) {
        Optional<Outcome> outcome = make(challenger.next(evidence));
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
    } catch (Refused | DisputeException e) {
      return Outcome.REFUSED;
    }
    throw new AssertionError("no end after " + MOVES + " moves");
  }

  private Optional<Outcome> make(Move move) {
    return switch (move) {
      case Move.Await _ -> Optional.of(Outcome.SILENCED);
      case Move.Concede _ -> Optional.of(Outcome.CONCEDED);
      case Move.Ask(Path path, Optional<NodeOpening> node) -> ask(path, node);
      case Move.ProveMore(StepProof proof, int until) -> {
        Bytes accumulator = referee.add(proof, until);
        ElementStep step = proof.step();
        evidence =
            evidence.with(
                new Event.Accumulated(
                    new Accumulation(step.position(), step.element(), until, accumulator)));
        runs++;
        yield Optional.empty();
      }
      case Move.ProveStep(StepProof proof) -> {
        referee.prove(proof);
        yield Optional.of(Outcome.PROVED);
      }
      case Move.ProveOutput(int output, int element, OutputProof proof) -> {
        referee.prove(output, element, proof);
        yield Optional.of(Outcome.PROVED);
      }
    };
  }

  private Optional<Outcome> ask(Path path, Optional<NodeOpening> node) {
    if (path instanceof Path.Leaves leaves) {
      referee.ask(path, referee.knows(leaves.node()) ? Optional.empty() : node);
      tensorDepth = Math.max(tensorDepth, leaves.level());
    } else {
      referee.ask(path, node);
    }
    alternations++;
    Optional<Answer> answer = worker.apply(path).filter(given -> isTaken(path, given));
    if (answer.isEmpty()) {
      return Optional.of(Outcome.SILENCED);
    }
    evidence = evidence.with(published(answer.get()));
    return Optional.empty();
  }

  private boolean isTaken(Path path, Answer answer) {
    try {
      referee.answer(path, answer);
      return true;
    } catch (Refused e) {
      return false;
    }
  }

  /** What the court emits. */
  static Event published(Answer answer) {
    return switch (answer) {
      case Answer.OfNodes nodes -> new Event.HashesRevealed(nodes.path(), nodes.hashes());
      case Answer.OfLeaves leaves -> new Event.HashesRevealed(leaves.path(), leaves.hashes());
      case Answer.OfLeaf leaf -> new Event.LeafRevealed(leaf.path(), leaf.leaf());
      case Answer.OfInput input -> new Event.LeafRevealed(input.path(), input.leaf());
      case Answer.OfWeight weight -> new Event.LeafRevealed(weight.path(), weight.leaf());
      case Answer.OfOutput output -> new Event.LeafRevealed(output.path(), output.leaf());
      case Answer.OfVoid nothing ->
          throw new AssertionError(
              "an honest challenger sees by the hash what is void: " + nothing);
    };
  }
}
