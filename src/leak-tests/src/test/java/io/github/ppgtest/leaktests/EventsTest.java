package io.github.ppgtest.leaktests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Events events = new Events();

  @Test
  void findsTheOccurrenceThatIsWanted() throws Exception {
    events.add("POST one");
    events.add("GET");
    events.add("POST two");

    assertThat(events.await("POST", 2, LONG)).contains("POST two");
    assertThat(events.last()).isEqualTo("POST two");
  }

  @Test
  void waitsForWhatComes() throws Exception {
    Thread later = new Thread(() -> events.add("now"));
    later.start();

    assertThat(events.await("now", 1, LONG)).contains("now");
    later.join();
  }

  @Test
  void doesNotWaitForWhatCannotComeAnyMore() throws Exception {
    events.add("something");
    events.end();

    assertThat(events.await("anything", 1, LONG)).isEmpty();
  }

  @Test
  void doesNotWaitForEver() throws Exception {
    assertThat(events.await("anything", 1, Duration.ofMillis(1))).isEmpty();
    assertThat(events.last()).isEqualTo("nothing");
  }
}
