package ai.opengradient.worker.serve;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.chain.ModelVersion.Domain;
import ai.opengradient.worker.config.AdmissionPolicy;
import ai.opengradient.worker.config.LeasePolicy;
import ai.opengradient.worker.config.ModelOffer;
import ai.opengradient.worker.config.UndisputablePolicy;
import java.util.List;
import java.util.Optional;

/** Whether the worker takes a job. */
sealed interface Admission {

  /** It does. */
  record Accept() implements Admission {}

  /** It was drawn and does not: it says so on chain, so that others can have the job at once. */
  record Decline(String reason) implements Admission {}

  /** It was not drawn and does not care to take the job over. */
  record Ignore(String reason) implements Admission {}

  /**
   * What is asked.
   *
   * @param takingOver the job is open to all; else the draw chose this worker
   * @param version what the registry fixes of the model
   * @param binding index of the shape binding
   * @param inputs empty if they are not valid tensors, or one given by reference can't be had
   * @param bond the job bond that a claim would lock
   * @param pays the greatest price that the requester pays
   */
  record Question(
      boolean takingOver,
      ModelVersion version,
      int binding,
      List<Tensor> inputs,
      Amount bond,
      Amount pays) {}

  /**
   * How the worker is placed.
   *
   * @param offer its own rules for the version; empty if it does not serve it
   * @param price what its offer on chain asks; empty if it has none any more
   * @param freeStake neither locked nor unbonding, nor promised to accepted jobs
   * @param queue accepted jobs without an answer yet
   * @param draining it finishes what it accepted and takes nothing new
   * @param trouble why it can't be sure to finish a job, if something is wrong
   * @param quarantine why the model is not taken at present
   */
  record Circumstances(
      Optional<ModelOffer> offer,
      Optional<Amount> price,
      Amount freeStake,
      int queue,
      boolean draining,
      Optional<String> trouble,
      Optional<String> quarantine) {}

  /** The decision. */
  static Admission judge(Question question, Circumstances circumstances, AdmissionPolicy policy) {
    Optional<String> objection = objection(question, circumstances, policy);
    if (objection.isEmpty()) {
      return new Accept();
    }
    return question.takingOver() ? new Ignore(objection.get()) : new Decline(objection.get());
  }

  private static Optional<String> objection(
      Question question, Circumstances circumstances, AdmissionPolicy policy) {
    if (question.takingOver() && policy.lease() == LeasePolicy.NEVER) {
      return Optional.of("jobs of others are not taken over");
    }
    if (circumstances.trouble().isPresent()) {
      return Optional.of("in trouble: " + circumstances.trouble().get());
    }
    if (circumstances.draining()) {
      return Optional.of("draining");
    }
    if (circumstances.quarantine().isPresent()) {
      return circumstances.quarantine();
    }
    if (circumstances.offer().isEmpty()) {
      return Optional.of("model not served");
    }
    if (circumstances.price().isEmpty()) {
      return Optional.of("no offer on chain");
    }
    ModelOffer offer = circumstances.offer().get();
    Amount price = circumstances.price().get();
    if (price.compareTo(offer.price()) < 0) {
      return Optional.of("pays " + price + ", wanted " + offer.price());
    }
    // A draw looks at prices itself.
    if (question.takingOver() && price.compareTo(question.pays()) > 0) {
      return Optional.of("costs " + price + ", the requester pays " + question.pays());
    }
    if (question.bond().compareTo(offer.bondLimit()) > 0) {
      return Optional.of(
          "bond of " + question.bond() + " is above the limit of " + offer.bondLimit());
    }
    if (question.bond().compareTo(circumstances.freeStake()) > 0) {
      return Optional.of(
          "bond of "
              + question.bond()
              + " is above the free stake of "
              + circumstances.freeStake());
    }
    if (policy.undisputable() == UndisputablePolicy.DECLINE
        && !question.version().bindings().get(question.binding()).isDisputable()) {
      return Optional.of("undisputable model");
    }
    int places = question.takingOver() ? 1 : policy.queueLimit();
    if (circumstances.queue() >= places) {
      return Optional.of(circumstances.queue() + " jobs wait already");
    }
    return outputsObjection(question).or(() -> inputsObjection(question));
  }

  /**
   * By reference the market takes requests for answers of any length: better to say so before
   * running it.
   */
  private static Optional<String> outputsObjection(Question question) {
    long length =
        question.version().bindings().get(question.binding()).outputs().stream()
            .mapToLong(TensorType::byteLength)
            .sum();
    return length > JobTensors.MOST_BYTES
        ? Optional.of("the outputs have " + length + " bytes, more than " + JobTensors.MOST_BYTES)
        : Optional.empty();
  }

  private static Optional<String> inputsObjection(Question question) {
    if (question.inputs().isEmpty()) {
      return Optional.of("inputs are not valid tensors, or can't be had");
    }
    List<Domain> domains = question.version().domains();
    for (int input = 0; input < question.inputs().size(); input++) {
      if (!isWithin(question.inputs().get(input), domains.get(input))) {
        return Optional.of("input " + input + " leaves the model's domain");
      }
    }
    return Optional.empty();
  }

  private static boolean isWithin(Tensor input, Domain domain) {
    boolean stated = domain.low() != 0 || domain.high() != 0;
    if (!stated || input.type().dataType() != DataType.FLOAT32) {
      return true;
    }
    for (float element : input.floats()) {
      // Written so that a NaN is outside.
      if (!(element >= domain.low() && element <= domain.high())) {
        return false;
      }
    }
    return true;
  }
}
