package io.github.ppgtest.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What the README shows works as it stands there. */
class ReadmeTest {
  private static final Path README = find("README.md");

  /** What a reader's editor adds by itself. */
  private static final String IMPORTS =
      """
      import static org.junit.jupiter.api.Assertions.*;
      import com.zaxxer.hikari.HikariDataSource;
      import io.github.ppgtest.*;
      import io.github.ppgtest.emulator.*;
      import io.github.ppgtest.junit.*;
      import io.github.ppgtest.management.CreateProject;
      import io.github.ppgtest.management.FileTokenStore;
      import io.github.ppgtest.management.ManagementApi;
      import io.github.ppgtest.management.OAuthLogin;
      import io.github.ppgtest.management.Project;
      import io.github.ppgtest.management.TokenStore;
      import java.nio.file.Path;
      import java.sql.*;
      import java.time.Duration;
      import java.util.Optional;
      import javax.sql.DataSource;
      import org.junit.jupiter.api.Test;
      """;

  private static final String SCRIPT =
      "CREATE TABLE orders (id serial PRIMARY KEY, item text NOT NULL);";

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> everyJavaSnippetCompilesAndRuns() throws IOException {
    List<String> snippets = code("java");
    assertThat(snippets).hasSizeGreaterThanOrEqualTo(4);
    return IntStream.range(0, snippets.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    snippets.get(i).lines().findFirst().orElseThrow(),
                    () -> compileAndRun(snippets.get(i), directory.resolve("snippet" + i))));
  }

  @Test
  void itsCommandsAreThoseOfCi() throws IOException {
    String ci = Files.readString(find(".ci/run"));
    assertThat(code("sh"))
        .hasSize(2)
        .allSatisfy(command -> assertThat(ci).contains(command.strip()));
  }

  @Test
  void itsDependenciesAreThisVersionAndTheNewestJUnit() throws IOException {
    String pom = Files.readString(find("pom.xml"));
    assertThat(code("xml"))
        .singleElement()
        .asString()
        .containsSubsequence("io.github.ppgtest", "ppgtest-junit", version(pom))
        .containsSubsequence("org.junit.jupiter", property(pom, "junit.version"));
    // A project in src/it is built with them, in this order and in the other.
    assertThat(
            Files.readString(find("junit-extension/src/it/plain-first/pom.xml"))
                .replaceAll("\\s", ""))
        .contains(
            code("xml")
                .get(0)
                .replaceAll("\\s", "")
                .replace(version(pom), "@project.version@")
                .replace(property(pom, "junit.version"), "${junit.version}"));
    assertThat(Files.readString(README)).contains(":" + property(pom, "postgres-binaries.version"));
  }

  private static String version(String pom) {
    return pom.replaceFirst("(?s).*?<artifactId>ppgtest</artifactId>\\s*<version>(.*?)<.*", "$1");
  }

  private static String property(String pom, String name) {
    return pom.replaceFirst("(?s).*?<" + name + ">(.*?)<.*", "$1");
  }

  private void compileAndRun(String snippet, Path work) throws Exception {
    Files.createDirectories(work);
    Files.writeString(work.resolve("schema.sql"), SCRIPT);
    boolean isTestClass = snippet.contains("class ");
    String name = isTestClass ? snippet.replaceFirst("(?s).*?class (\\w+).*", "$1") : "Snippet";
    Path source =
        Files.writeString(
            work.resolve(name + ".java"),
            IMPORTS + (isTestClass ? snippet : method(snippet, work)));
    compile(source, work);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {work.toUri().toURL()}, getClass().getClassLoader())) {
      Class<?> compiled = loader.loadClass(name);
      if (isTestClass) {
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(compiled))
            .execute()
            .testEvents()
            .assertStatistics(s -> s.started(1).succeeded(1));
      } else {
        Thread.currentThread().setContextClassLoader(loader);
        Method run = compiled.getDeclaredMethod("run");
        run.setAccessible(true);
        run.invoke(null);
      }
    } finally {
      Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    }
  }

  /** Statements of the README, with the started fixture that its text has introduced. */
  private static String method(String statements, Path home) {
    boolean usesFixture = statements.contains("postgres.") && !statements.contains("builder()");
    boolean throwsOnPurpose = statements.contains("// throws ConnectionBudgetException");
    String body =
        throwsOnPurpose
            ? "assertThrows(ConnectionBudgetException.class, () -> {\n" + statements + "});"
            : statements.contains("OAuthLogin")
                ? loginAtAnEmulator(statements, home)
                : statements.contains(".reaper()") ? reapInAnEmulator(statements) : statements;
    return """
        class Snippet {
          static void run() throws Exception {
            %s
          }
        }
        """
        .formatted(
            usesFixture
                ? "try (PrismaPostgresFixture postgres = PrismaPostgresFixture.create()) {\n"
                    + "postgres.start(); postgres.dataSource();\n"
                    + body
                    + "}"
                : body);
  }

  /** The same with an emulator in the role of the cloud. */
  private static String reapInAnEmulator(String statements) {
    String reaping =
        statements.replace(
            "PrismaPostgresAdmin.create()",
            """
            PrismaPostgresFixture.builder()
                .provider(Provider.CLOUD)
                .apiUrl(emulator.apiUrl())
                .serviceToken(emulator.serviceToken())
                .admin()""");
    assertThat(reaping).contains("emulator.apiUrl()");
    return """
        try (PrismaPostgresEmulator emulator = PrismaPostgresEmulator.start()) {
          %s
        }
        """
        .formatted(reaping);
  }

  /** The same against an emulator, with another home and a user who opens the URL. */
  private static String loginAtAnEmulator(String statements, Path home) {
    String login =
        statements
            .replace("OAuthLogin.builder()", "OAuthLogin.builder().authUrl(emulator.authUrl())")
            .replace(
                "System.getProperty(\"user.home\")",
                '"' + home.toString().replace("\\", "\\\\") + '"')
            .replaceFirst("System[.]out[.]println\\(\"Open \" [+] (.*)\\);", "Browsers.open($1);");
    assertThat(login)
        .contains("emulator.authUrl()", home.getFileName().toString(), "Browsers.open");
    return """
        final class Browsers {
          static void open(java.net.URI url) throws Exception {
            var client =
                java.net.http.HttpClient.newBuilder()
                    .followRedirects(java.net.http.HttpClient.Redirect.ALWAYS)
                    .build();
            client.send(
                java.net.http.HttpRequest.newBuilder(url).build(),
                java.net.http.HttpResponse.BodyHandlers.discarding());
          }
        }
        try (PrismaPostgresEmulator emulator =
            PrismaPostgresEmulator.builder().authorizationServer(true).start()) {
        """
        + login
        + "assertTrue(store.load().isPresent());\nstore.clear();\n}";
  }

  private static void compile(Path source, Path output) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  problems,
                  files,
                  null,
                  List.of("-d", output.toString(), "-cp", classPath(), "-proc:none"),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as(problems.toString()).isTrue();
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static List<String> code(String language) throws IOException {
    List<String> found = new ArrayList<>();
    Parser.builder()
        .build()
        .parse(Files.readString(README))
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(FencedCodeBlock block) {
                if (block.getInfo().equals(language)) {
                  found.add(block.getLiteral());
                }
              }
            });
    return found;
  }

  /** A file of the repository's root, from wherever in it the tests run. */
  private static Path find(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".ci/run"))) {
        return at.resolve(name);
      }
    }
    throw new IllegalStateException("These tests run inside the repository");
  }
}
