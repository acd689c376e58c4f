package io.github.ppgtest.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The file of additional certificates for Node.js. */
public final class NodeCertificates {
  /** The variable that names the file. */
  public static final String VARIABLE = "NODE_EXTRA_CA_CERTS";

  private NodeCertificates() {}

  /**
   * Returns a file with a certificate, and those that the user has Node.js trust.
   *
   * @param certificate in PEM; the file with both is beside it, and is deleted with it
   * @return the certificate's own file where the user names none that can be read
   * @throws UncheckedIOException if they cannot be written
   */
  public static String with(Path certificate) {
    return with(certificate, System.getenv(VARIABLE)).toString();
  }

  static Path with(Path certificate, @Nullable String users) {
    try {
      String own = Files.readString(certificate, StandardCharsets.ISO_8859_1);
      String others = read(users);
      if (others.isBlank() || own.contains(others.strip())) {
        return certificate;
      }
      if (others.contains(own.strip())) {
        return Path.of(String.valueOf(users)).toAbsolutePath();
      }
      String both = others + (others.endsWith("\n") ? "" : "\n") + own;
      byte[] bytes = both.getBytes(StandardCharsets.ISO_8859_1);
      Path file = certificate.resolveSibling("with-" + UUID.nameUUIDFromBytes(bytes) + ".pem");
      if (Files.notExists(file)) {
        Path unfinished = Files.createTempFile(certificate.getParent(), "certificates", null);
        Files.write(unfinished, bytes);
        unfinished.toFile().setReadable(true, false);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The certificates for %s cannot be written beside %s: %s"
              .formatted(VARIABLE, certificate, e),
          e);
    }
  }

  /** Node.js goes on, with a warning, where there is no such file. */
  private static String read(@Nullable String users) {
    try {
      return users == null || users.isEmpty()
          ? ""
          : Files.readString(Path.of(users), StandardCharsets.ISO_8859_1);
    } catch (IOException | InvalidPathException e) {
      return "";
    }
  }
}
