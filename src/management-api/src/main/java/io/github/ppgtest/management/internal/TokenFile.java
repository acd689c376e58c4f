package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.CredentialsException;
import io.github.ppgtest.management.OAuthTokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** A JSON file with the tokens of one login, and a lock beside it. */
public final class TokenFile {
  private final Path file;
  private final Path directory;

  /** Names the file, which need not exist. */
  public TokenFile(Path file) {
    this.file = file.toAbsolutePath().normalize();
    Path parent = this.file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " is no file");
    }
    this.directory = parent;
  }

  /** Returns whether there is a file or anything else of this name. */
  public boolean exists() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Reads the tokens; empty where there is no file. */
  public Optional<OAuthTokens> read() throws IOException {
    if (!exists()) {
      return Optional.empty();
    }
    String text;
    try {
      OwnerOnly.checkDirectory(directory);
      OwnerOnly.checkFile(file);
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      // Another process has cleared it since.
      return Optional.empty();
    }
    try {
      Fields fields = Fields.of(Json.parse(text), "");
      return Optional.of(
          new OAuthTokens(
              fields.token("accessToken"),
              fields.optionalRaw("refreshToken"),
              fields.optionalText("workspaceId"),
              fields.has("expiresAt") ? fields.instant("expiresAt") : null));
    } catch (UnexpectedShapeException | IllegalArgumentException e) {
      throw new CredentialsException(
          "The token store %s cannot be understood: %s. Delete it and log in again."
              .formatted(file, e.getMessage()),
          null);
    }
  }

  /** Replaces the file as a whole: a writer that is cut off has not touched it. */
  public void write(OAuthTokens tokens) throws IOException {
    ObjectNode json = Json.object();
    json.put("accessToken", tokens.accessToken());
    Json.put(json, "refreshToken", tokens.refreshToken());
    Json.put(json, "workspaceId", tokens.workspaceId());
    Json.put(json, "expiresAt", tokens.expiresAt() == null ? null : tokens.expiresAt().toString());
    byte[] bytes = Json.write(json).getBytes(StandardCharsets.UTF_8);

    // One name for all: under the lock there is one writer, and a dead one's file is replaced.
    Path next = sibling(".next");
    Files.deleteIfExists(next);
    try {
      write(next, bytes);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      deleteAfter(e, next);
      throw e;
    }
  }

  private void write(Path next, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            next,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerOnly.file(directory))) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      // Else a power cut could leave the new name with nothing in it.
      channel.force(true);
    }
  }

  private static void deleteAfter(Exception failure, Path next) {
    try {
      Files.deleteIfExists(next);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Removes the file, if it is there. */
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Creates the directory, and runs an action under the file's lock. */
  public <T> T locked(Supplier<T> action) throws IOException {
    OwnerOnly.createDirectories(directory);
    OwnerOnly.checkDirectory(directory);
    return FileLocks.holding(sibling(".lock"), OwnerOnly.file(directory), action);
  }

  private Path sibling(String ending) {
    return directory.resolve(file.getFileName() + ending);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
