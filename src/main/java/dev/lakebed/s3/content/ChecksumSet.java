package dev.lakebed.s3.content;

import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import java.util.Map;

/** The checksums of bytes that have all been seen. */
record ChecksumSet(Map<ChecksumAlgorithm, ChecksumValue> values) {
  ChecksumSet {
    values = Map.copyOf(values);
  }

  /** The value of an algorithm that was computed. */
  ChecksumValue value(ChecksumAlgorithm algorithm) {
    ChecksumValue value = values.get(algorithm);
    if (value == null) {
      throw new IllegalArgumentException(algorithm + " was not computed");
    }
    return value;
  }
}
