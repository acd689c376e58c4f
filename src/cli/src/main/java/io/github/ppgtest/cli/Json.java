package io.github.ppgtest.cli;

import io.github.ppgtest.emulator.PrintableText;
import java.io.PrintWriter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints results as JSON, for programs. */
public final class Json {
  private Json() {}

  /**
   * Prints records and lists as JSON, indented, with a line end.
   *
   * @param result what to print; times become ISO texts
   */
  public static void print(PrintWriter out, Object result) {
    // Its escapes are JSON's; Jackson's own leave C1 and bidirectional controls as they are.
    out.println(
        PrintableText.of(
            JsonMapper.builder()
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(result)));
  }
}
