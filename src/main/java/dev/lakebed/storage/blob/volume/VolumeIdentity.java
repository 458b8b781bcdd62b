package dev.lakebed.storage.blob.volume;

import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the file {@code volume} of a volume says: format, identity, how often the volume was opened,
 * and the random name of the last opening. It is replaced as a whole.
 */
public record VolumeIdentity(UUID uuid, int epoch, UUID opening) {
  /** 3 since openings have names, 2 since references carry the volume's identity. */
  private static final int FORMAT = 3;

  private static final int WITHOUT_OPENING = 2;

  /** The opening of a volume that was not opened yet, or last by a build that gave it no name. */
  public static final UUID NO_NAME = new UUID(0, 0);

  private static final int MAX_BYTES = 4096;
  private static final Pattern TEXT =
      Pattern.compile("lakebed-volume (\\d{1,9})\n(.*)", Pattern.DOTALL);
  private static final Pattern BODY =
      Pattern.compile(
          "uuid (UUID)\nepoch (\\d{1,9})\n(?:opening (UUID)\n)?"
              .replace("UUID", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"));

  /** Of a volume that is not made yet. */
  static VolumeIdentity unopened(UUID uuid) {
    return new VolumeIdentity(uuid, 0, NO_NAME);
  }

  /** What references name the volume by. */
  public long id() {
    return id(uuid);
  }

  public static long id(UUID uuid) {
    return uuid.getLeastSignificantBits();
  }

  VolumeIdentity next() {
    return new VolumeIdentity(uuid, Math.addExact(epoch, 1), UUID.randomUUID());
  }

  /** Reads the file; empty when there is none, {@link UnreadableIdentityException} if unusable. */
  static Optional<VolumeIdentity> read(FileLayer files, VolumeDirectory directory)
      throws IOException {
    ByteBuffer in = ByteBuffer.allocate(MAX_BYTES);
    try (StorageFile file = files.openForReading(directory.identity())) {
      file.read(in, 0);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    String text = StandardCharsets.US_ASCII.decode(in.flip()).toString();
    return Optional.of(parse(text, directory.identity()));
  }

  private static VolumeIdentity parse(String text, Path path) throws UnreadableIdentityException {
    Matcher whole = TEXT.matcher(text);
    if (!whole.matches()) {
      throw new UnreadableIdentityException("not the identity file of a volume: " + path);
    }
    int format = Integer.parseInt(whole.group(1));
    if (format != FORMAT && format != WITHOUT_OPENING) {
      throw new UnreadableIdentityException(
          "volume has format " + format + ", this server knows " + FORMAT + ": " + path);
    }
    Matcher body = BODY.matcher(whole.group(2));
    if (!body.matches() || (format == FORMAT) == (body.group(3) == null)) {
      throw new UnreadableIdentityException("damaged identity file of a volume: " + path);
    }
    return new VolumeIdentity(
        UUID.fromString(body.group(1)),
        Integer.parseInt(body.group(2)),
        format == FORMAT ? UUID.fromString(body.group(3)) : NO_NAME);
  }

  /** Replaces the file; durable on return. */
  void write(FileLayer files, VolumeDirectory directory) throws IOException {
    String text =
        "lakebed-volume %d\nuuid %s\nepoch %d\nopening %s\n"
            .formatted(FORMAT, uuid, epoch, opening);
    files.deleteIfExists(directory.newIdentity());
    try (StorageFile file = files.create(directory.newIdentity())) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      file.force();
    }
    files.rename(directory.newIdentity(), directory.identity());
    files.syncDirectory(directory.root());
  }

  /** The identity file of a volume is damaged, or of a format that is not known. */
  static final class UnreadableIdentityException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableIdentityException(String message) {
      super(message);
    }
  }
}
