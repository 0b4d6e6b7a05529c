package ai.opengradient.worker.chain;

/**
 * One immutable set of the court's parameters ({@code IParameterSets.CourtParameters}); periods in
 * seconds.
 *
 * @param openPeriod from a challenge's commitment to its last opening
 * @param assertPeriod from a job's first opened challenge to the trace
 * @param workerClock the worker's time in one challenge
 * @param challengerClock the challenger's
 * @param extension least time after the opponent's move
 * @param demandLimit demands in one challenge
 * @param answerAllowance the worker's worst-case gas of one dispute, before prepayments
 */
public record CourtParameters(
    long openPeriod,
    long assertPeriod,
    long workerClock,
    long challengerClock,
    long extension,
    int demandLimit,
    Amount answerAllowance) {}
