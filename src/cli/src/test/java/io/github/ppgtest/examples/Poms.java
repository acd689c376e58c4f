package io.github.ppgtest.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What Maven's files say of dependencies. */
final class Poms {
  private static final XPath XPATH = XPathFactory.newInstance().newXPath();

  private Poms() {}

  /** Returns group, artifact and version of each; those without a version have JUnit's. */
  static List<String> dependencies(Path folder) {
    List<String> dependencies = new ArrayList<>();
    for (Node dependency : nodes("/project/dependencies/dependency", Examples.pom(folder))) {
      String version = text("version", dependency);
      dependencies.add(
          "%s:%s:%s"
              .formatted(
                  text("groupId", dependency),
                  text("artifactId", dependency),
                  version.isEmpty() ? junitOf(folder) : version));
    }
    return dependencies;
  }

  /** Returns the version of JUnit's bill of materials. */
  static String junitOf(Path folder) {
    return text(
        "/project/dependencyManagement/dependencies/dependency[artifactId='junit-bom']/version",
        Examples.pom(folder));
  }

  /** Returns the artifacts that profiles add. */
  static List<String> artifactsInProfiles(Path folder) {
    return nodes("/project/profiles/profile/dependencies/dependency", Examples.pom(folder)).stream()
        .map(dependency -> text("artifactId", dependency))
        .toList();
  }

  private static List<Node> nodes(String path, Node from) {
    try {
      NodeList found = (NodeList) XPATH.evaluate(path, from, XPathConstants.NODESET);
      List<Node> nodes = new ArrayList<>();
      for (int i = 0; i < found.getLength(); i++) {
        nodes.add(found.item(i));
      }
      return nodes;
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  static String text(String path, Node from) {
    try {
      return XPATH.evaluate(path, from);
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
