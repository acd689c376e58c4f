package io.github.ppgtest.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Where the examples are, and what they have to agree with. */
final class Examples {
  /** Maven runs tests in the folder of their module. */
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  static final Path GITHUB_ACTIONS = ROOT.resolve("examples/github-actions");
  static final Path GITLAB_CI = ROOT.resolve("examples/gitlab-ci");
  static final Path GRADLE = ROOT.resolve("examples/gradle");
  static final Path QUICKSTART = ROOT.resolve("examples/quickstart");
  static final Path EMULATOR = ROOT.resolve("src/emulator");

  private Examples() {}

  static List<Workflow> workflows() {
    return workflows(GITHUB_ACTIONS);
  }

  /** Returns the workflows that build this repository. */
  static List<Workflow> ownWorkflows() {
    return workflows(ROOT.resolve(".github/workflows"));
  }

  private static List<Workflow> workflows(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yml"))
          .sorted()
          .map(Workflow::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Workflow workflow(String name) {
    return Workflow.read(GITHUB_ACTIONS.resolve(name));
  }

  /** Returns the version that is built here. */
  static String version() {
    return Poms.text("/project/version", pom(ROOT));
  }

  /** Returns the version of a library, as the root's properties have it. */
  static String versionOf(String library) {
    return Poms.text("/project/properties/" + library + ".version", pom(ROOT));
  }

  static Document pom(Path folder) {
    Path pom = folder.resolve("pom.xml");
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalStateException(pom + " cannot be read", e);
    }
  }
}
