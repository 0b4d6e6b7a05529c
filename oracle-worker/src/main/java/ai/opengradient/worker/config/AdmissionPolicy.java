package ai.opengradient.worker.config;

/**
 * Which jobs the worker takes.
 *
 * @param lease whether it takes over jobs of late workers
 * @param undisputable what it does with versions that no court can judge
 * @param queueLimit jobs that may wait before it declines further ones
 */
public record AdmissionPolicy(LeasePolicy lease, UndisputablePolicy undisputable, int queueLimit) {}
