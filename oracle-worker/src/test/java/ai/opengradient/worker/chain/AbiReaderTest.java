package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.testing.DeployedMarket;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicStruct;

final class AbiReaderTest {

  private static final int TENSOR_LISTS = 200;

  private static String word(long value) {
    return String.format("%064x", value);
  }

  /** Against Web3j's coding of what it is good at. */
  @Test
  void lists_of_tensors_read_back_as_they_were_written() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < TENSOR_LISTS; round++) {
      List<Tensor> tensors = new ArrayList<>();
      for (int count = random.nextInt(5); count > 0; count--) {
        byte[] bytes = new byte[1 + random.nextInt(100)];
        random.nextBytes(bytes);
        tensors.add(Tensor.of(TensorType.of(DataType.UINT8, bytes.length), bytes));
      }
      String data = encoded(tensors);
      assertThat(
              AbiReader.read("a list", data, AbiReader::tensors).stream()
                  .map(read -> Tensor.of(read.getKey(), read.getValue()))
                  .toList())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(tensors);
    }
  }

  /** As a contract answers. */
  private static String encoded(List<Tensor> tensors) {
    DynamicArray<DynamicStruct> list =
        new DynamicArray<>(
            DynamicStruct.class,
            tensors.stream()
                .map(tensor -> Abi.tensor(tensor.type(), tensor.toByteArray()))
                .toList());
    return "0x" + Abi.call("f((uint256,bytes)[])", list).substring(10);
  }

  @Test
  void every_cut_of_an_answer_is_undecodable() {
    String data = encoded(DeployedMarket.INPUTS);
    for (int length = 2; length < data.length(); length += 2) {
      String cut = data.substring(0, length);
      // The last bytes pad the last element's data, so that their lack changes nothing.
      if (length < data.length() - 32) {
        assertThatThrownBy(() -> AbiReader.read("a list", cut, AbiReader::tensors))
            .as("%d digits", length)
            .isInstanceOf(ChainException.Undecodable.class);
      }
    }
  }

  @Test
  void false_lengths_and_offsets_are_undecodable_and_cost_nothing() {
    String[] lies = {
      word(32) + "f".repeat(64),
      word(32) + word(Integer.MAX_VALUE),
      word(32) + word(2) + word(7),
      word(Integer.MAX_VALUE) + word(1),
      "f".repeat(64),
      word(33) + word(0)
    };
    for (String lie : lies) {
      assertThatThrownBy(
              () -> AbiReader.read("a list", "0x" + lie, data -> data.list(AbiReader::number)))
          .as(lie)
          .isInstanceOf(ChainException.Undecodable.class);
    }
  }

  @Test
  void structs_of_fixed_size_in_a_list_are_each_read() {
    String data = "0x" + word(32) + word(2) + word(1) + word(2) + word(3) + word(4);
    List<List<Long>> pairs =
        AbiReader.read(
            "pairs", data, list -> list.list(pair -> List.of(pair.number(), pair.number())));
    assertThat(pairs).containsExactly(List.of(1L, 2L), List.of(3L, 4L));
  }

  @Test
  void an_event_with_all_its_fields_is_read() {
    String topic = Abi.topic("JobRefuted(uint64,address,uint96,uint96)");
    LogPosition position = new LogPosition(5, hash(1), hash(2), 3);
    assertThat(
            decode(
                new ChainClient.Log(
                    Address.ZERO,
                    List.of(topic, "0x" + word(9), "0x" + "0".repeat(24) + "ab".repeat(20)),
                    "0x" + word(11) + word(12),
                    position)))
        .isEqualTo(
            new MarketEvent.JobRefuted(
                9,
                new Address("0x" + "ab".repeat(20)),
                new Amount(BigInteger.valueOf(11)),
                new Amount(BigInteger.valueOf(12)),
                position));
  }

  @Test
  void a_failed_callbacks_reason_is_read() {
    String topic = Abi.topic("CallbackFailed(uint64,bytes)");
    LogPosition position = new LogPosition(5, hash(1), hash(2), 3);
    assertThat(
            decode(
                new ChainClient.Log(
                    Address.ZERO,
                    List.of(topic, "0x" + word(9)),
                    "0x" + word(32) + word(3) + "c0ffee" + "0".repeat(58),
                    position)))
        .isEqualTo(new MarketEvent.CallbackFailed(9, "0xc0ffee", position));
  }

  /** A bool of 7 passes the market, which checks types and lengths, but is no tensor. */
  @Test
  void a_request_with_inputs_that_are_no_tensors_does_not_stop_the_events() {
    String topic =
        Abi.topic(
            "JobRequested(uint64,uint32,address,uint8,uint96,uint96,uint24,uint40,uint40,uint40,(uint256,bytes)[])");
    LogPosition position = new LogPosition(5, hash(1), hash(2), 3);
    String kind = String.format("%064x", TensorType.of(DataType.BOOL, 1).pack());
    String inputs =
        word(32 * 8) + word(1) + word(32) + kind + word(64) + word(1) + "07" + "0".repeat(62);
    assertThat(
            decode(
                new ChainClient.Log(
                    Address.ZERO,
                    List.of(topic, "0x" + word(9), "0x" + word(4), "0x" + word(1)),
                    "0x" + word(0).repeat(7) + inputs,
                    position)))
        .isInstanceOfSatisfying(
            MarketEvent.UnreadableRequest.class,
            unreadable -> {
              assertThat(unreadable.job()).isEqualTo(9);
              assertThat(unreadable.version()).isEqualTo(4);
              assertThat(unreadable.position()).isEqualTo(position);
            });
  }

  private static MarketEvent decode(ChainClient.Log log) {
    List<MarketEvent> events = MarketEventDecoder.decode(List.of(log));
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static Hash hash(int mark) {
    byte[] bytes = new byte[Hash.LENGTH];
    bytes[0] = (byte) mark;
    return Hash.of(bytes);
  }
}
