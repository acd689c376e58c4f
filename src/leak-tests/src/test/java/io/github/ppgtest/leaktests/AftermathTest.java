package io.github.ppgtest.leaktests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.Provider;
import io.github.ppgtest.leaktests.Plan.WatchdogFate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
  private final Instant now = Instant.now();
  private long dead;

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
    Aftermath aftermath =
        new Aftermath(
            plan(Provider.EMBEDDED, WatchdogFate.LIVES),
            false,
            remains,
            Aftermath.SETTLED,
            number -> runTheNext(Provider.EMBEDDED));

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

  @Test
  void aNoteOfAnUnansweredProjectIsKeptByTheNextJvmAndCountedByItself() throws Exception {
    Path ledger = leaveProject("EXPECTED");
    Aftermath aftermath =
        new Aftermath(
            plan(Provider.CLOUD, WatchdogFate.KILLED_AFTER),
            true,
            remains,
            Duration.ZERO,
            number -> runTheNext(Provider.CLOUD));

    assertThat(aftermath.isOverSoon()).isFalse();
    aftermath.awaitEnd();

    assertThat(ledger).exists();
    Death death = aftermath.death(true, "", directory, List.of());
    assertThat(death.left()).isEmpty();
    assertThat(death.unanswered()).containsExactly(project());
    assertThat(death.jvms()).isEqualTo(1);
    assertThat(ledger).doesNotExist();
  }

  @Test
  void aNoteOfAnUnansweredProjectIsALeakWhereAWatchdogLived() throws Exception {
    leaveProject("EXPECTED");

    assertThat(afterOneJvm(WatchdogFate.LIVES, Duration.ZERO, List.of()).left()).isNotEmpty();
  }

  @Test
  void aNoteOfAnUnansweredProjectIsALeakBeforeItHasSettled() throws Exception {
    leaveProject("EXPECTED");

    assertThat(afterOneJvm(WatchdogFate.TURNED_OFF, Aftermath.SETTLED, List.of()).left())
        .isNotEmpty();
  }

  @Test
  void aNoteOfAnUnansweredProjectIsALeakBesideAnother() throws Exception {
    Path ledger = leaveProject("EXPECTED");

    assertThat(afterOneJvm(WatchdogFate.TURNED_OFF, Duration.ZERO, List.of("another")).left())
        .anyMatch(left -> left.contains(ledger.toString()))
        .contains("another");
  }

  @Test
  void noOtherNoteIsOfAnUnansweredProject() throws Exception {
    leaveProject("EXPECTED");
    assertThat(remains.unansweredProjects()).containsExactly(project());
    leaveProject("EXPECTED", "THERE");
    assertThat(remains.unansweredProjects()).isEmpty();
    leaveProject("EXPECTED", "GONE");
    assertThat(remains.unansweredProjects()).isEmpty();
    leaveProject();
    assertThat(remains.unansweredProjects()).isEmpty();
    leave("DATABASE", "CLOUD", "a", "EXPECTED");
    assertThat(remains.unansweredProjects()).isEmpty();
  }

  @Test
  void aNoteBesideAFileOrALaterJvmsLedgerIsNoUnansweredProject() throws Exception {
    leaveProject("EXPECTED");
    Path file = Files.createFile(Files.createDirectories(home.resolve("tmp")).resolve("file"));
    assertThat(remains.unansweredProjects()).isEmpty();
    Files.delete(file);
    assertThat(remains.unansweredProjects()).isNotEmpty();

    long later = Long.MAX_VALUE;
    remains.add(later);
    Files.createFile(surroundings.ledgers().resolve(later + "-0-0f3a9c51.ledger"));
    assertThat(remains.unansweredProjects()).isEmpty();
  }

  private Death afterOneJvm(WatchdogFate watchdog, Duration settling, List<String> wrong)
      throws IOException, InterruptedException {
    Plan plan = plan(Provider.CLOUD, watchdog);
    Aftermath aftermath = new Aftermath(plan, false, remains, settling, number -> {});
    assertThat(aftermath.isOverSoon()).isFalse();
    Death death = aftermath.death(true, "", directory, wrong);
    assertThat(death.jvms()).isEqualTo(1);
    assertThat(death.unanswered()).isEmpty();
    return death;
  }

  /** Classes in parallel begin at once, so that this phase comes before the watchdog does. */
  private static Plan plan(Provider provider, WatchdogFate watchdog) {
    return new Plan(
        1,
        provider,
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
        watchdog);
  }

  private Path leave(String state) throws IOException {
    return leave("EMULATOR", "EMBEDDED", "a", state);
  }

  private Path leaveProject(String... states) throws IOException {
    return leave("PROJECT", "CLOUD", project(), states);
  }

  /** A name that was made an hour ago, and is valid for one more. */
  private String project() {
    DateTimeFormatter seconds =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    return "ppgtest_run_%s_%s_63d67665"
        .formatted(seconds.format(now.minusSeconds(3600)), seconds.format(now.plusSeconds(3600)));
  }

  private Path leave(String kind, String provider, String key, String... states)
      throws IOException {
    Path ledger = surroundings.ledgers().resolve(dead + "-0-0f3a9c51.ledger");
    Files.deleteIfExists(ledger);
    Files.createFile(ledger);
    StringBuilder lines =
        new StringBuilder(
            "{\"file\":\"%s\",\"host\":\"%s\"}\n"
                .formatted(
                    Files.readAttributes(ledger, BasicFileAttributes.class).fileKey(),
                    Files.readString(Path.of("/proc/sys/kernel/hostname")).strip()));
    for (String state : states) {
      lines.append(
          """
          {"key":"%s","kind":"%s","provider":"%s","name":"%1$s","state":"%s","until":"%s","ownerPid":%d%s}
          """
              .formatted(
                  key,
                  kind,
                  provider,
                  state,
                  now.plusSeconds(3600),
                  dead,
                  provider.equals("CLOUD") ? ",\"api\":\"" + cloud.url() + "\"" : ""));
    }
    return Files.writeString(ledger, lines);
  }

  private void runTheNext(Provider provider) throws IOException, InterruptedException {
    try (Victim victim =
        Victim.start(
            Plan.calm(provider, true),
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
