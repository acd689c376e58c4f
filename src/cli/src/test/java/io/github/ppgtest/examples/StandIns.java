package io.github.ppgtest.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Programs that stand before the real ones on the path. Each writes its call down. The tests that
 * Maven and npm would run do what tests do: they ask for a database, or use the one that is there.
 */
final class StandIns {
  /** A copy of the jar, from the repository where it is published; else tests with the library. */
  private static final String MVN =
      """
      case "$*" in
        *maven-dependency-plugin*:copy*)
          for argument; do
            case $argument in
              -Dartifact=*) artifact=${argument#*=} ;;
              -DoutputDirectory=*) folder=${argument#*=} ;;
              -Dmdep.stripVersion=true) name=ppgtest-cli.jar ;;
            esac
          done
          [ "$artifact" = 'io.github.ppgtest:ppgtest-cli:%s' ] || exit 64
          mkdir -p "$folder"
          cp '%s' "$folder/$name"
          ;;
        *verify*)
          for argument; do
            case $argument in -Dsurefire.includesFile=*) cat "${argument#*=}" >> "$LOG/tested" ;; esac
          done
          java -jar '%s' run --label tests -- \
            sh -c 'echo "$PPGTEST_DATABASE_PROVIDER $PPGTEST_DATABASE_NAME" >> "$LOG/databases"'
          ;;
        *) exit 64 ;;
      esac
      """;

  private static final String NPM =
      """
      case $1 in
        ci) ;;
        test) psql "$DATABASE_URL" --set ON_ERROR_STOP=1 --tuples-only --no-align --command \
          'SELECT name FROM product' >> "$LOG/products" ;;
        *) exit 64 ;;
      esac
      """;

  private StandIns() {}

  /**
   * Writes them.
   *
   * @param log the folder for what they write down
   * @param jar the command
   */
  static void writeTo(Path folder, Path log, Path jar) throws IOException {
    write(folder, log, "mvn", MVN.formatted(Examples.version(), jar, jar));
    write(folder, log, "npm", NPM);
    write(folder, log, "apt-get", "");
  }

  /** The variable says in which of them the job is to be cancelled, or to fail. */
  private static void write(Path folder, Path log, String name, String body) throws IOException {
    String head =
        """
        #!/usr/bin/env bash
        set -euo pipefail
        LOG='%s'
        export LOG
        echo "%s $*" >> "$LOG/calls"
        [ "${FAILING:-}" != "%2$s $1" ] || exit 3
        [ "${CANCELLED:-}" != "%2$s $1" ] || exit 130
        """
            .formatted(log, name);
    Path file = Files.writeString(folder.resolve(name), head + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
