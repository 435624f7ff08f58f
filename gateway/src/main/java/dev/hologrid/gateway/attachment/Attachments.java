package dev.hologrid.gateway.attachment;

import dev.hologrid.gateway.incident.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Attachments in a folder, each under the SHA-256 of its content; who brought it and what it
 * belongs to is in SQL. The same content is kept once. Every method blocks. Safe for use by many
 * threads.
 */
public final class Attachments {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private final Path folder;
  private final Database database;

  public Attachments(Path folder, Database database) {
    this.folder = folder;
    this.database = database;
  }

  /**
   * One attachment.
   *
   * @param hash SHA-256 of the content, in hex
   * @param by who brought it first
   */
  public record Attachment(String hash, FileType type, long size, String by, Instant at) {}

  /** Keeps some content; what is there already is left as it is. */
  public Attachment keep(byte[] content, FileType type, String by, Instant at) throws IOException {
    String hash = hash(content);
    Path file = file(hash);
    if (!Files.exists(file)) {
      Path parent = folder.resolve(hash.substring(0, 2));
      Files.createDirectories(parent);
      Path fresh = parent.resolve(hash + "." + UUID.randomUUID());
      Files.write(
          fresh,
          content,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    database
        .writer()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into attachments (hash, type, size, by_whom, at)"
                        + " values (?, ?, ?, ?, ?) on conflict (hash) do nothing",
                    hash,
                    type.name(),
                    (long) content.length,
                    by,
                    at.toEpochMilli()));
    return new Attachment(hash, type, content.length, by, at);
  }

  /** The attachment, or null when there is none of that hash. */
  public @Nullable Attachment find(String hash) {
    return database
        .reader()
        .withHandle(
            handle ->
                handle
                    .createQuery("select type, size, by_whom, at from attachments where hash = :h")
                    .bind("h", hash)
                    .map(
                        (rs, ctx) ->
                            new Attachment(
                                hash,
                                FileType.valueOf(rs.getString(1)),
                                rs.getLong(2),
                                rs.getString(3),
                                Instant.ofEpochMilli(rs.getLong(4))))
                    .findOne())
        .orElse(null);
  }

  /** The incidents and patrols that it belongs to. */
  public List<String> subjects(String hash) {
    return database
        .reader()
        .withHandle(
            handle ->
                handle
                    .createQuery("select subject from attachment_links where hash = :h")
                    .bind("h", hash)
                    .mapTo(String.class)
                    .list());
  }

  /**
   * The content.
   *
   * @throws IOException also when it is not what it was
   */
  public byte[] content(String hash) throws IOException {
    byte[] content = Files.readAllBytes(file(hash));
    if (!hash(content).equals(hash)) {
      throw new IOException("the attachment " + hash + " was changed on disk");
    }
    return content;
  }

  private Path file(String hash) {
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException("not a hash: " + hash);
    }
    return folder.resolve(hash.substring(0, 2)).resolve(hash);
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
