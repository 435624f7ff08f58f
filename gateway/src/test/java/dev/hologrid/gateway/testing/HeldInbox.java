package dev.hologrid.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.SourceMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** An inbox that remembers messages and answers each as told. */
public final class HeldInbox implements Inbox {
  private final List<SourceMessage> messages = new CopyOnWriteArrayList<>();
  private volatile Consumer<SourceMessage> answer;
  private volatile boolean ready = true;

  private HeldInbox(Consumer<SourceMessage> answer) {
    this.answer = answer;
  }

  /** Says of every message that it is stored. */
  public static HeldInbox storing() {
    return new HeldInbox(message -> message.ack().stored());
  }

  /** Says nothing, as if the disk took for ever. */
  public static HeldInbox silent() {
    return new HeldInbox(message -> {});
  }

  /** Says of every message that it could not be stored. */
  public static HeldInbox failing() {
    return new HeldInbox(message -> message.ack().failed(new IllegalStateException("disk full")));
  }

  public void store() {
    answer = message -> message.ack().stored();
  }

  @Override
  public void put(SourceMessage message) {
    messages.add(message);
    answer.accept(message);
  }

  @Override
  public boolean ready() {
    return ready;
  }

  /** Whether there is room. */
  public void ready(boolean now) {
    ready = now;
  }

  public List<SourceMessage> messages() {
    return messages;
  }

  public List<String> texts() {
    return messages.stream().map(each -> new String(each.payload(), UTF_8)).toList();
  }

  public void awaitCount(int count) {
    await("at least " + count + " messages", () -> messages.size() >= count);
  }

  /** Waits for a condition, at most 20 s. */
  public static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("gave up waiting for %s", what).isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
