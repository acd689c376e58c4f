package io.github.ppgtest.cli;

import java.io.PrintWriter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results for programs. */
public final class Json {
  private Json() {}

  /**
   * Prints records, lists and what is in them as JSON, indented, with a line end.
   *
   * @param result what to print; times become ISO texts
   */
  public static void print(PrintWriter out, Object result) {
    out.println(
        JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(result));
  }
}
