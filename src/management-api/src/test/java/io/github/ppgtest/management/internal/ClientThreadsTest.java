package io.github.ppgtest.management.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ClientThreadsTest {
  private final ClientThreads threads = new ClientThreads();

  @Test
  void endsTheThreadsOfTheClientThatItMade() throws Exception {
    AtomicReference<ThreadGroup> group = new AtomicReference<>();
    threads.make(
        workers -> {
          group.set(Thread.currentThread().getThreadGroup());
          return HttpClient.newHttpClient();
        });
    Thread[] running = new Thread[10];
    assertThat(group.get().enumerate(running)).isPositive();

    threads.close();

    for (int i = 0; i < running.length && running[i] != null; i++) {
      running[i].join(TimeUnit.MINUTES.toMillis(3));
      assertThat(running[i].isAlive()).as(running[i].getName()).isFalse();
    }
  }

  @Test
  void throwsWhatTheMakerThrows() {
    assertThatThrownBy(
            () ->
                threads.make(
                    workers -> {
                      throw new IllegalStateException("no TLS");
                    }))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("no TLS");
  }
}
