package io.github.ppgtest.management;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives the tokens it was told, in their order, and keeps which of them were refused. */
final class FakeCredentials implements Credentials {
  private final Queue<String> next;
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private volatile String current;

  FakeCredentials(String first, String... next) {
    this.current = first;
    this.next = new ConcurrentLinkedQueue<>(List.of(next));
  }

  List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public String token() {
    return current;
  }

  @Override
  public Optional<String> renew(String token) {
    refused.add(token);
    Optional<String> renewed = Optional.ofNullable(next.poll());
    renewed.ifPresent(t -> current = t);
    return renewed;
  }

  @Override
  public String toString() {
    return "FakeCredentials";
  }
}
