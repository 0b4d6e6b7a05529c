package ai.opengradient.worker.chain;

import java.util.List;

/**
 * What a requester asks for ({@code IInferenceMarket.Request}).
 *
 * @param version of the model
 * @param binding index of the shape binding
 * @param acceptUndisputable must be true for a binding without a program
 * @param outputsByReference whether the claim is to give the outputs by their tree roots
 * @param callbackGas for the caller's callback, below 2²⁴; 0: none
 * @param maxFee most that the requester pays, request fee apart
 * @param bond least job bond wanted behind the answer
 * @param claimPeriod seconds that the drawn worker has; 0: the parameter set's default
 * @param inputs one for each input of the model, in its order
 */
public record JobRequest(
    long version,
    int binding,
    boolean acceptUndisputable,
    boolean outputsByReference,
    int callbackGas,
    Amount maxFee,
    Amount bond,
    long claimPeriod,
    List<JobTensor> inputs) {

  public JobRequest {
    inputs = List.copyOf(inputs);
  }
}
