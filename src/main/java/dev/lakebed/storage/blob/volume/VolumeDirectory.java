package dev.lakebed.storage.blob.volume;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Names of the files of a volume. Files are named by their number in 16 hexadecimal digits. */
public record VolumeDirectory(int volume, Path root) {
  public static final int FANOUT = 256;

  public static VolumeDirectory of(Path data, int volume) {
    return new VolumeDirectory(volume, data.resolve("volumes").resolve(Integer.toString(volume)));
  }

  Path identity() {
    return root.resolve("volume");
  }

  Path newIdentity() {
    return root.resolve("volume.new");
  }

  public Path segments() {
    return root.resolve("segments");
  }

  public Path segment(long number) {
    return segments().resolve(name(number));
  }

  public Path incoming() {
    return root.resolve("incoming");
  }

  public Path incoming(long number) {
    return incoming().resolve(name(number));
  }

  public Path chunks() {
    return root.resolve("chunks");
  }

  public Path chunks(int low) {
    return chunks().resolve(HexFormat.of().toHexDigits((byte) low));
  }

  public Path chunk(long number) {
    return chunks((int) number & (FANOUT - 1)).resolve(name(number));
  }

  private static String name(long number) {
    return HexFormat.of().toHexDigits(number);
  }

  /** The numbers that names of files stand for; leaves out those that are no names of ours. */
  static Stream<Long> numbers(List<String> names) {
    return names.stream().flatMap(name -> number(name).stream());
  }

  /** The number that a file name stands for; empty when it is not a name of ours. */
  public static Optional<Long> number(String name) {
    if (name.length() != 16 || !name.chars().allMatch(HexFormat::isHexDigit)) {
      return Optional.empty();
    }
    long number = HexFormat.fromHexDigitsToLong(name);
    return name(number).equals(name) ? Optional.of(number) : Optional.empty();
  }

  /**
   * Numbers for segments and chunk files. The upper half is the epoch of the volume, which grows
   * durably with each opening, so a number is never used twice and opening need not list files.
   */
  public static final class FileNumbers {
    private static final int EPOCH_SHIFT = 32;

    private final AtomicLong last;

    public FileNumbers(int epoch) {
      this.last = new AtomicLong((long) epoch << EPOCH_SHIFT);
    }

    public long next() {
      return last.incrementAndGet();
    }

    static int epochOf(long number) {
      return (int) (number >>> EPOCH_SHIFT);
    }
  }
}
