package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.state.Project;
import java.util.function.Function;

/**
 * The page of a claim URL. Prisma has its user sign in first; here there are no accounts, and
 * opening the page claims the project.
 */
final class ClaimPage {
  private ClaimPage() {}

  static Response of(String projectId, Function<String, Project> claim) {
    Project project;
    try {
      project = claim.apply(projectId);
    } catch (ApiError e) {
      return page(
          404,
          "No such database",
          "There is no temporary project %s, or no more: its time may be over."
              .formatted(ApiError.quote(projectId)));
    }
    return page(
        200,
        "Claimed",
        "Project %s (%s) has no expiry any more: it and its database stay until this emulator ends."
            .formatted(ApiError.quote(project.name()), project.id()));
  }

  private static Response page(int status, String title, String text) {
    return Response.html(
        status,
        """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%s</title></head>
        <body><h1>%s</h1><p>%s</p></body>
        </html>
        """
            .formatted(title, title, escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
