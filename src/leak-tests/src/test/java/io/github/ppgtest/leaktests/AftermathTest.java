package io.github.ppgtest.leaktests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the campaign takes for a leak, of a ledger that a dead JVM has left without a watchdog. */
@EnabledOnOs(OS.LINUX)
class AftermathTest {
  @TempDir private Path directory;
  private Path home;
  private final SharedMemory memory = SharedMemory.watched();
  private Cloud cloud;
  private Surroundings surroundings;
  private Remains remains;
  private long dead;

  /** Classes in parallel begin at once, so that this phase comes before the watchdog does. */
  private final Plan plan =
      new Plan(
          1,
          Provider.EMBEDDED,
          true,
          true,
          false,
          false,
          Phase.SCHEMA,
          new Moment("LEAKS class begins VictimClasses$Scripted", 1, Duration.ZERO),
          ServerFault.NONE,
          Weapon.KILL,
          Network.State.OPEN,
          Duration.ZERO,
          Map.of(),
          false,
          false,
          Plan.WatchdogFate.LIVES);

  @BeforeEach
  void letAProcessDie() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    home = Files.createDirectory(directory.resolve("home"));
    cloud = Cloud.start(directory);
    surroundings = new Surroundings(cloud.url(), cloud.token(), "", directory.resolve("state"));
    Files.createDirectories(surroundings.ledgers());
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    dead = process.pid();
    remains = new Remains(home, surroundings.ledgers(), cloud, memory, Set.of());
    remains.add(dead);
  }

  @AfterEach
  void endTheCloud() {
    memory.close();
    cloud.close();
  }

  @Test
  void aNoteOfWhatWasNeverAskedForIsStruckByTheNextJvm() throws Exception {
    Path ledger = leave("EXPECTED");
    Aftermath aftermath = new Aftermath(plan, false, remains, number -> runTheNext());

    assertThat(aftermath.isOverSoon()).isTrue();

    Death death = aftermath.death(true, "", directory, List.of());
    assertThat(death.left()).isEmpty();
    assertThat(death.jvms()).isEqualTo(1);
    assertThat(ledger).doesNotExist();
  }

  @Test
  void aNoteOfWhatIsThereIsALeak() throws Exception {
    leave("THERE");

    assertThat(remains.areOfNothingThatWasAskedFor()).isFalse();
  }

  private Path leave(String state) throws IOException {
    Path ledger = Files.createFile(surroundings.ledgers().resolve(dead + "-0-0f3a9c51.ledger"));
    Files.writeString(
        ledger,
        """
        {"file":"%s","host":"%s"}
        {"key":"a","kind":"EMULATOR","provider":"EMBEDDED","name":"a","state":"%s","until":"%s","ownerPid":%d}
        """
            .formatted(
                Files.readAttributes(ledger, BasicFileAttributes.class).fileKey(),
                Files.readString(Path.of("/proc/sys/kernel/hostname")).strip(),
                state,
                Instant.now().plusSeconds(3600),
                dead));
    return ledger;
  }

  private void runTheNext() throws IOException, InterruptedException {
    try (Victim victim =
        Victim.start(
            Plan.calm(Provider.EMBEDDED, true),
            surroundings,
            home,
            directory.resolve("next.log"),
            "one",
            new Events())) {
      remains.add(victim.pid());
      assertThat(victim.ended(Duration.ofMinutes(5))).isTrue();
    }
  }
}
