package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * The certificate of a server, of this machine's own names and addresses, signed by itself. No
 * certification authority: some clients refuse one that a server shows. The JDK's keytool makes it.
 *
 * @param certificatePem the certificate
 * @param keyPem its private key, a secret
 */
record TlsCertificate(String certificatePem, String keyPem) {
  private static final String ALIAS = "ppgtest";

  /** Makes a new one, valid for twenty years. */
  static TlsCertificate create(Platform platform, Path workDirectory) throws IOException {
    Path directory = Files.createTempDirectory(workDirectory, "certificate");
    Path store = directory.resolve("store.p12");
    String password = Secrets.random(24);
    Path keytool =
        Path.of(System.getProperty("java.home"), "bin").resolve(platform.executable("keytool"));
    ProcessBuilder command =
        Command.builder(
            directory,
            List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-keysize",
                // Policies of some systems refuse a shorter one. A server signs with it for a
                // millisecond longer.
                "3072",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1,ip:::1",
                "-ext",
                "BC:critical=ca:false",
                "-validity",
                "7300",
                "-storetype",
                "PKCS12",
                "-keystore",
                // A JVM under LC_ALL=C cannot name every directory.
                store.getFileName().toString(),
                "-storepass:env",
                "PPGTEST_STORE_PASSWORD"));
    command.environment().put("PPGTEST_STORE_PASSWORD", password);
    // It finds its own files by this JVM's locale.
    String locale = System.getenv("LC_ALL");
    if (locale == null) {
      command.environment().remove("LC_ALL");
    } else {
      command.environment().put("LC_ALL", locale);
    }
    try {
      Command.Result result = Command.run(command, "");
      if (!result.succeeded()) {
        throw new DatabaseEngineException(
            "The JDK's keytool could not make a certificate: " + result.output(), null);
      }
      return read(store, password.toCharArray());
    } finally {
      FileTree.delete(directory);
    }
  }

  private static TlsCertificate read(Path store, char[] password) throws IOException {
    try (InputStream bytes = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(bytes, password);
      return new TlsCertificate(
          pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
          pem("PRIVATE KEY", keys.getKey(ALIAS, password).getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new DatabaseEngineException("The certificate of the JDK's keytool is unreadable.", e);
    }
  }

  private static String pem(String type, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }

  @Override
  public String toString() {
    return "TlsCertificate[localhost]";
  }
}
