package io.github.ppgtest.leaktests;

import io.github.ppgtest.management.Database;
import io.github.ppgtest.management.ManagementApi;
import io.github.ppgtest.management.Project;
import io.github.ppgtest.management.ResourceNotFoundException;
import io.github.ppgtest.testsupport.JvmCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The cloud, seen from the campaign: what is in it, and what goes wrong there. */
final class Cloud implements AutoCloseable {
  private final TalkingJvm jvm;
  private final URI url;
  private final String token;
  private final ManagementApi api;
  private int answers;

  private Cloud(TalkingJvm jvm) throws InterruptedException {
    this.jvm = jvm;
    this.token = "campaign-" + UUID.randomUUID();
    // Through a pipe: what it prints is logged.
    jvm.tell(token);
    this.url = URI.create(jvm.answer("url ", 1));
    this.api = ManagementApi.builder().baseUrl(url).serviceToken(token).build();
  }

  /** Starts one that writes its log into a directory. */
  static Cloud start(Path directory) throws IOException, InterruptedException {
    ProcessBuilder command =
        JvmCommand.builder(
            directory, List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"), CloudMain.class);
    TalkingJvm jvm = TalkingJvm.start(command, directory.resolve("cloud.log"), new Events());
    try {
      return new Cloud(jvm);
    } catch (IllegalStateException e) {
      jvm.close();
      throw e;
    }
  }

  URI url() {
    return url;
  }

  String token() {
    return token;
  }

  ManagementApi api() {
    return api;
  }

  /** Lets something go wrong the next times. */
  void inject(CloudFault fault, int times) throws InterruptedException {
    order("inject " + fault + " " + times);
  }

  /** Lets this share of all requests go wrong. */
  void trouble(double probability, long seed) throws InterruptedException {
    order("trouble " + probability + " " + seed);
  }

  /** Returns how many requests have gone wrong since all was well. */
  long struck() throws InterruptedException {
    return order("struck");
  }

  /** Lets all be well. The count of creations and deletions begins anew. */
  void clear() throws InterruptedException {
    order("clear");
  }

  /** Returns how many requests to create or delete there were since the count began. */
  long creationsAndDeletions() throws InterruptedException {
    return order("count");
  }

  private synchronized long order(String line) throws InterruptedException {
    jvm.tell(line);
    answers++;
    return Long.parseLong(jvm.answer("done ", answers));
  }

  /** Lists what there is: ids of projects and databases, with what they are. */
  Map<String, String> contents() {
    Map<String, String> contents = new LinkedHashMap<>();
    for (Project project : api.projects().all().toList()) {
      contents.put(project.id(), "project " + project.name());
      for (Database database : databases(project)) {
        contents.put(
            database.id(), "database " + database.name() + " of project " + project.name());
      }
    }
    return contents;
  }

  private List<Database> databases(Project project) {
    try {
      return api.databases().all(project.id()).toList();
    } catch (ResourceNotFoundException e) {
      // Another process has deleted it since it was listed.
      return List.of();
    }
  }

  @Override
  public void close() {
    try (jvm) {
      api.close();
      jvm.endInput();
      if (!jvm.ended(Duration.ofMinutes(3))) {
        throw new IllegalStateException("The emulator did not end within 30 s.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the emulator ended", e);
    }
  }
}
