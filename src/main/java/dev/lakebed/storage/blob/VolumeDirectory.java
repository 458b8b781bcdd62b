package dev.lakebed.storage.blob;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalLong;

/** Names of the files of a volume. Files are named by their number in 16 hexadecimal digits. */
record VolumeDirectory(int volume, Path root) {
  static final int FANOUT = 256;

  static VolumeDirectory of(Path data, int volume) {
    return new VolumeDirectory(volume, data.resolve("volumes").resolve(Integer.toString(volume)));
  }

  Path identity() {
    return root.resolve("volume");
  }

  Path newIdentity() {
    return root.resolve("volume.new");
  }

  Path segments() {
    return root.resolve("segments");
  }

  Path segment(long number) {
    return segments().resolve(name(number));
  }

  Path incoming() {
    return root.resolve("incoming");
  }

  Path incoming(long number) {
    return incoming().resolve(name(number));
  }

  Path chunks() {
    return root.resolve("chunks");
  }

  Path chunks(int low) {
    return chunks().resolve(HexFormat.of().toHexDigits((byte) low));
  }

  Path chunk(long number) {
    return chunks((int) number & (FANOUT - 1)).resolve(name(number));
  }

  private static String name(long number) {
    return HexFormat.of().toHexDigits(number);
  }

  /** The number that a file name stands for; empty when it is not a name of ours. */
  static OptionalLong number(String name) {
    if (name.length() != 16 || !name.chars().allMatch(HexFormat::isHexDigit)) {
      return OptionalLong.empty();
    }
    long number = HexFormat.fromHexDigitsToLong(name);
    return name(number).equals(name) ? OptionalLong.of(number) : OptionalLong.empty();
  }
}
