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
 * What the file {@code volume} of a volume says: format, identity, and how often the volume was
 * opened. It is replaced as a whole.
 */
public record VolumeIdentity(UUID uuid, int epoch) {
  /** 2 since references carry the volume's identity. */
  private static final int FORMAT = 2;

  private static final int MAX_BYTES = 4096;
  private static final Pattern TEXT =
      Pattern.compile("lakebed-volume (\\d{1,9})\n(.*)", Pattern.DOTALL);
  private static final Pattern BODY =
      Pattern.compile("uuid ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\nepoch (\\d{1,9})\n");

  /** What references name the volume by. */
  public long id() {
    return id(uuid);
  }

  public static long id(UUID uuid) {
    return uuid.getLeastSignificantBits();
  }

  VolumeIdentity next() {
    return new VolumeIdentity(uuid, Math.addExact(epoch, 1));
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
    if (format != FORMAT) {
      throw new UnreadableIdentityException(
          "volume has format " + format + ", this server knows " + FORMAT + ": " + path);
    }
    Matcher body = BODY.matcher(whole.group(2));
    if (!body.matches()) {
      throw new UnreadableIdentityException("damaged identity file of a volume: " + path);
    }
    return new VolumeIdentity(UUID.fromString(body.group(1)), Integer.parseInt(body.group(2)));
  }

  /** Replaces the file; durable on return. */
  void write(FileLayer files, VolumeDirectory directory) throws IOException {
    String text = "lakebed-volume " + FORMAT + "\nuuid " + uuid + "\nepoch " + epoch + "\n";
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
