package io.github.ppgtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.cli.workspace.LoginTestCase;
import io.github.ppgtest.examples.Needs;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file and directory that ppgtest creates, with its permissions, whatever the umask is. */
@Timeout(1800)
@EnabledOnOs(value = OS.LINUX, disabledReason = "has /dev/shm, and permissions in this form")
final class FilesTest {
  private static final int PATIENCE_SECONDS = 600;
  private static final String KEEPING = "io.github.ppgtest.cli.database.Keeping";

  private static final String CACHE = "home/\\.cache/ppgtest/";
  private static final String PROGRAMS = CACHE + "postgres-[a-z0-9_-]+-[0-9a-f]{8}-\\d+/";
  private static final String CLUSTER = CACHE + "postgres-[a-z0-9_-]+-[0-9a-f]{8}-cluster-\\w+/";
  private static final String TEMPLATE = CACHE + "templates/postgres-[\\w-]+/";
  private static final String LEDGERS = "home/\\.local/state/ppgtest/";
  private static final String LOGIN = "home/\\.config/ppgtest/";
  private static final String HOST = "tmp/ppgtest-host-[0-9a-f-]+/";
  private static final String SERVER = "shm/pg-[\\w-]+/";

  /**
   * Everything, by the pattern of its path, with a slash at the end of a directory: each pattern is
   * of something, and the first that matches holds.
   */
  private static final Map<Pattern, String> LIST = new LinkedHashMap<>();

  private static void list(String path, String permissions) {
    LIST.put(Pattern.compile(path), permissions);
  }

  static {
    // For all to read: where we are root, another user runs PostgreSQL, who has to get there.
    list("home/\\.cache/", "rwxr-xr-x");
    list(CACHE, "rwxr-xr-x");
    list(CACHE + "[\\w-]+\\.lock", "rw-------");
    list(CLUSTER, "rwxr-xr-x");
    list(CLUSTER + "(with-[0-9a-f-]+|certificate)\\.pem", "rw-r--r--");
    list(CLUSTER + "(superuser-password|installed-files)", "rw-------");
    list(CLUSTER + "data/(.+/)?", "rwx------");
    list(CLUSTER + "data/.+", "rw-------");
    list(PROGRAMS + "(.+/)?", "rwxr-xr-x");
    list(PROGRAMS + "bin/.+", "rwxr-xr-x");
    list(PROGRAMS + "installed-files", "rw-------");
    list(PROGRAMS + ".+", "rwxr-xr-x|rw-r--r--");
    list("shm/", "rwxr-xr-x");
    list("shm/pg-[\\w-]+\\.lock", "rw-------");
    list(SERVER, "rwxr-xr-x");
    list(SERVER + "(server\\.log|keep-until)", "rw-------");
    list(SERVER + "data/(.+/)?", "rwx------");
    list(SERVER + "data/.+", "rw-------");
    // What is in databases.
    list(CACHE + "templates/", "rwx------");
    list(CACHE + "templates/\\d+\\.lock", "rw-------");
    list(TEMPLATE, "rwx------");
    list(TEMPLATE + "[\\w.]+", "rw-------");
    // Programs that run as this user.
    list(CACHE + "prisma-dev/(.+/)?", "rwx------");
    list(CACHE + "prisma-dev/.+", "rw-------|rwx------");
    list(HOST, "rwx------");
    list(HOST + "certificate\\.pem", "rw-------");
    list(HOST + "with-[0-9a-f-]+\\.pem", "rw-r--r--");
    // What is there, and secrets.
    list("home/\\.local/", "rwx------");
    list("home/\\.local/state/", "rwx------");
    list(LEDGERS, "rwx------");
    list(LEDGERS + "[\\w-]+\\.ledger", "rw-------");
    list(LEDGERS + "kept/", "rwx------");
    list(LEDGERS + "kept/[\\w-]+\\.pgpass", "rw-------");
    list("home/\\.config/", "rwx------");
    list(LOGIN, "rwx------");
    list(LOGIN + "(login\\.properties|tokens\\.json|tokens\\.json\\.lock)", "rw-------");
    list("\\.env", "rw-------");
  }

  private final String user = "files-" + UUID.randomUUID();

  @TempDir private Path base;

  @BeforeEach
  void letPostgresThrough() throws IOException {
    Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "022", "077"})
  void haveThePermissionsThatTheyNeed(String umask) throws Exception {
    Needs.program("npm", "the files of provider DEV");
    Files.createDirectory(base.resolve("home"));
    Files.createDirectory(base.resolve("tmp"));
    Files.writeString(base.resolve("schema.sql"), "CREATE TABLE t AS SELECT 7 AS n;");
    Files.writeString(base.resolve("others.pem"), "A certificate that Node.js is to trust.");
    Set<String> before = found().keySet();
    try {
      run(
          umask,
          "embedded",
          Ppgtest.class.getName(),
          "create",
          "--schema",
          "schema.sql",
          "--env",
          ".env");
      run(umask, "embedded", KEEPING);
      run(umask, "dev", Ppgtest.class.getName(), "create");
      run(umask, "dev", KEEPING);
      run(umask, "embedded", LoginTestCase.class.getName());

      SoftAssertions softly = new SoftAssertions();
      Set<Pattern> missing = new LinkedHashSet<>(LIST.keySet());
      Map<String, String> found = found();
      found.keySet().removeAll(before);
      found.forEach(
          (path, permissions) -> {
            Optional<Pattern> listed =
                LIST.keySet().stream()
                    .filter(pattern -> pattern.matcher(path).matches())
                    .findFirst();
            listed.ifPresent(missing::remove);
            softly
                .assertThat(permissions)
                .as(path)
                .matches(listed.map(LIST::get).orElse("not in the list"));
          });
      softly.assertThat(missing).as("listed, and not there").isEmpty();
      softly.assertAll();
    } finally {
      deleteDatabases(umask);
    }
  }

  private void deleteDatabases(String umask) throws Exception {
    List<String> kept =
        found().keySet().stream()
            .filter(path -> path.endsWith(".pgpass"))
            .map(path -> path.replaceFirst(".*/(.+)\\.pgpass", "$1"))
            .toList();
    if (!kept.isEmpty()) {
      List<String> command = new ArrayList<>(List.of("delete"));
      command.addAll(kept);
      run(umask, "embedded", Ppgtest.class.getName(), command.toArray(String[]::new));
    }
  }

  /** All that is there, with its permissions; links have none. */
  private Map<String, String> found() throws IOException {
    Map<String, String> found = new TreeMap<>();
    look(base, "", found);
    look(Path.of("/dev/shm/ppgtest-" + user + "-data"), "shm/", found);
    return found;
  }

  private static void look(Path root, String prefix, Map<String, String> found) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            String path = prefix + root.relativize(directory);
            add(directory, path.endsWith("/") ? path : path + "/");
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!attributes.isSymbolicLink()) {
              add(file, prefix + root.relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          private void add(Path path, String name) throws IOException {
            try {
              found.put(
                  name,
                  PosixFilePermissions.toString(
                      Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)));
            } catch (NoSuchFileException e) {
              // Servers delete files of their own.
            }
          }
        });
  }

  private void run(String umask, String provider, String main, String... arguments)
      throws Exception {
    Path log = Files.createTempFile("ppgtest-files", ".log");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
    command.add(PpgtestJar.java());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Duser.name=" + user,
            "-Duser.home=" + base.resolve("home"),
            "-Djava.io.tmpdir=" + base.resolve("tmp"),
            "-cp",
            System.getProperty("java.class.path"),
            main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(base.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    PpgtestJar.clean(builder.environment());
    builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
    builder.environment().put("TMPDIR", base.resolve("tmp").toString());
    builder.environment().put("PPGTEST_PROVIDER", provider);
    // The machine's own, where npm needs it to reach its registry.
    builder.environment().putIfAbsent("NODE_EXTRA_CA_CERTS", base.resolve("others.pem").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      process.destroyForcibly();
      Files.delete(log);
    }
  }
}
