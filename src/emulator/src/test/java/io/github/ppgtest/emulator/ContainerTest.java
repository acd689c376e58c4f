package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * The emulator as root in a container, as most CI jobs run: user namespaces are forbidden there,
 * and memory for files is scarce. Needs Docker and an image with a JDK.
 */
class ContainerTest {
  private static final DockerImageName IMAGE =
      DockerImageName.parse(System.getProperty("ppgtest.test.image", "eclipse-temurin:17-jdk"));

  @BeforeAll
  static void needsDocker() {
    assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "There is no Docker here");
  }

  // What is taken away first leaves the next means to become another user than root.
  @ParameterizedTest
  @ValueSource(strings = {"none", "setpriv", "setpriv chroot"})
  void startsAsRootWhereUserNamespacesAreForbidden(String missing) {
    List<String> classPath = new ArrayList<>();
    try (GenericContainer<?> container = new GenericContainer<>(IMAGE)) {
      String local =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      for (String entry : local.split(File.pathSeparator)) {
        String inside = "/classpath/" + classPath.size() + "-" + Path.of(entry).getFileName();
        classPath.add(inside);
        container.withCopyFileToContainer(MountableFile.forHostPath(entry), inside);
      }
      container
          .withCommand(
              "sh",
              "-c",
              "for program in %s; do rm -f $(command -v $program); done; java -cp %s '%s'"
                  .formatted(missing, String.join(":", classPath), InsideTestCase.class.getName()))
          .withStartupCheckStrategy(
              new OneShotStartupCheckStrategy().withTimeout(Duration.ofMinutes(3)))
          .start();

      assertThat(container.getLogs())
          .contains("user root")
          .contains("user namespaces forbidden")
          .contains("project 201 closed");
    }
  }

  /** What runs inside. */
  static final class InsideTestCase {
    private InsideTestCase() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println("user " + System.getProperty("user.name"));
      boolean allowed = new ProcessBuilder("unshare", "-U", "true").start().waitFor() == 0;
      System.out.println("user namespaces " + (allowed ? "allowed" : "forbidden"));
      int status;
      try (PrismaPostgresEmulator emulator = PrismaPostgresEmulator.start()) {
        URI projects = emulator.apiUrl().resolve("/v1/projects");
        status =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(projects)
                        .header("Authorization", "Bearer " + emulator.serviceToken())
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                    HttpResponse.BodyHandlers.discarding())
                .statusCode();
      }
      System.out.println("project " + status + " closed");
    }
  }
}
