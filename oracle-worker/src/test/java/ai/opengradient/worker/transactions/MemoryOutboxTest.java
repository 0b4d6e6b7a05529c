package ai.opengradient.worker.transactions;

final class MemoryOutboxTest extends OutboxContract {

  @Override
  protected Outbox create() {
    return new MemoryOutbox();
  }

  @Override
  protected Outbox reopen(Outbox outbox) {
    return outbox;
  }
}
