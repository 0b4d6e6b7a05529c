package ai.opengradient.worker.journal;

/**
 * A task in the hands of an executor.
 *
 * @param number unique over all times: a job's next task has another one
 */
public record TakenTask(long number, Task task) {}
