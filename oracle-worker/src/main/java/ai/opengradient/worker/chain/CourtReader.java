package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.CourtEventDecoder.Kind;
import ai.opengradient.worker.chain.CourtEventDecoder.Subject;
import ai.opengradient.worker.dispute.Path;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint16;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint80;

/**
 * What the court says at the newest block, and what it announced. A refusal is {@link
 * ChainException.CallRefused} with the court's error.
 */
public final class CourtReader {

  private static final Comparator<CourtEvent> BY_POSITION =
      Comparator.comparingLong((CourtEvent event) -> event.position().block())
          .thenComparingLong(event -> event.position().index());

  private final ChainClient node;
  private final ContractView view;
  private final ContractView sets;
  private final LogRanges logs;

  public CourtReader(ChainClient node, Deployment deployment) {
    this.node = node;
    this.view = new ContractView(node, deployment.court());
    this.sets = new ContractView(node, deployment.parameterSets());
    this.logs = new LogRanges(node, deployment.court());
  }

  /** The number of challenges; ids are 1 to it. */
  public long challengeCount() {
    return view.read("challengeCount()", AbiReader::number);
  }

  /** A challenge; refused with {@code UnknownChallenge}. */
  public Challenge challenge(long id) {
    return view.read("challengeOf(uint64)", fields -> challenge(id, fields), new Uint64(id));
  }

  private static Challenge challenge(long id, AbiReader fields) {
    Address challenger = fields.address();
    Amount bond = fields.amount();
    long job = fields.number();
    Challenge.Status status = Challenge.Status.fromCode(fields.small());
    long since = fields.number();
    long deadline = fields.number();
    fields.number(); // of the worker's clock
    fields.number(); // of the challenger's clock
    int demands = fields.small();
    Hash commitment = fields.hash();
    fields.integer(); // the last question
    return new Challenge(
        id, challenger, bond, job, status, since, deadline, demands, commitment, fields.integer());
  }

  /** The dispute about a job; of the stage NONE if there is none. */
  public Dispute dispute(long job) {
    return view.read(
        "caseOf(uint64)",
        fields ->
            new Dispute(
                job,
                fields.address(),
                fields.small(),
                fields.number(),
                fields.number(),
                fields.number(),
                fields.number(),
                fields.number(),
                fields.small(),
                fields.number(),
                fields.number(),
                Dispute.Stage.fromCode(fields.small()),
                fields.flag(),
                fields.hash(),
                fields.hash()),
        new Uint64(job));
  }

  /** Whether a question about a job has its answer. */
  public boolean isRevealed(long job, Path path) {
    return view.read(
        "questionOf(uint64,uint80)",
        fields -> {
          fields.integer(); // prepaid
          fields.number(); // asked at
          return fields.number() != 0;
        },
        new Uint64(job),
        new Uint80(path.word()));
  }

  /** Whether a node of a program was shown to the court before. */
  public boolean isKnown(Hash programRoot, int node) {
    return view.read(
        "nodeOf(bytes32,uint32)",
        fields -> fields.small() != 0,
        new Bytes32(programRoot.bytes()),
        new Uint32(node));
  }

  /** Whose turn it is in a challenge. */
  public CourtTurn turn(long challenge) {
    return view.read(
        "turnOf(uint64)",
        fields -> new CourtTurn(CourtTurn.Side.fromCode(fields.small()), fields.number()),
        new Uint64(challenge));
  }

  /** The least bond with which a challenge of the job can be opened. */
  public Amount minimumBond(long job) {
    return view.read("minimumBondOf(uint64)", AbiReader::amount, new Uint64(job));
  }

  /** What a question in a block of this base fee has to send along, in wei. */
  public BigInteger prepayment(Path path, BigInteger baseFee) {
    return view.read(
        "prepaymentOf(uint80,uint256)",
        AbiReader::integer,
        new Uint80(path.word()),
        new Uint256(baseFee));
  }

  /** The $OPG that an account can withdraw from the court. */
  public Amount balance(Address account) {
    return view.read("balanceOf(address)", AbiReader::amount, Abi.address(account));
  }

  /** The chain's coin that an account can withdraw from the court, in wei. */
  public BigInteger coin(Address account) {
    return view.read("coinOf(address)", AbiReader::integer, Abi.address(account));
  }

  /** A parameter set; ids are counted from 1. */
  public CourtParameters parameters(int id) {
    return sets.read(
        "courtParametersOf(uint16)",
        set ->
            new CourtParameters(
                set.number(),
                set.number(),
                set.number(),
                set.number(),
                set.number(),
                set.small(),
                set.amount()),
        new Uint16(id));
  }

  /**
   * What the court announced about a job and its challenges, in the chain's order; that they were
   * committed to is left out.
   */
  public List<CourtEvent> events(Job job) {
    return events(job, job.drawBlock(), node.newestBlock().number(), List.of());
  }

  /**
   * The same from one block to another.
   *
   * @param opened the job's challenges that were opened before
   */
  public List<CourtEvent> events(Job job, long from, long to, List<Long> opened) {
    List<String> id = List.of(Abi.topicOf(job.id()));
    List<CourtEvent> events =
        new ArrayList<>(read(from, to, List.of(CourtEventDecoder.topics(Subject.JOB), id)));
    List<CourtEvent> ofChallenges =
        read(from, to, List.of(CourtEventDecoder.topics(Subject.CHALLENGE_OF_JOB), List.of(), id));
    events.addAll(ofChallenges);
    List<String> challenges =
        Stream.concat(opened.stream(), opened(ofChallenges)).map(Abi::topicOf).toList();
    if (!challenges.isEmpty()) {
      read(from, to, List.of(CourtEventDecoder.topics(Subject.CHALLENGE), challenges)).stream()
          .filter(event -> !(event instanceof CourtEvent.ChallengeCommitted))
          .forEach(events::add);
    }
    events.sort(BY_POSITION);
    return events;
  }

  private static Stream<Long> opened(List<CourtEvent> events) {
    return events.stream()
        .filter(CourtEvent.ChallengeOpened.class::isInstance)
        .map(opened -> ((CourtEvent.ChallengeOpened) opened).challenge());
  }

  /** The jobs whose worker was called to assert its trace, from one block to another. */
  public List<Long> disputed(Address worker, long from, long to) {
    return read(
            from,
            to,
            List.of(List.of(Kind.TRACE_DUE.topic()), List.of(), List.of(Abi.topicOf(worker))))
        .stream()
        .map(due -> ((CourtEvent.TraceDue) due).job())
        .distinct()
        .toList();
  }

  /** All disputes that began from one block to another. */
  public List<CourtEvent.TraceDue> begun(long from, long to) {
    return read(from, to, List.of(List.of(Kind.TRACE_DUE.topic()))).stream()
        .map(CourtEvent.TraceDue.class::cast)
        .toList();
  }

  /** The challenges that an account committed to, from one block to another. */
  public List<CourtEvent.ChallengeCommitted> committed(Address challenger, long from, long to) {
    return read(
            from,
            to,
            List.of(List.of(Kind.COMMITTED.topic()), List.of(), List.of(Abi.topicOf(challenger))))
        .stream()
        .map(CourtEvent.ChallengeCommitted.class::cast)
        .toList();
  }

  private List<CourtEvent> read(long from, long to, List<List<String>> topics) {
    return CourtEventDecoder.decode(logs.read(from, to, topics));
  }
}
