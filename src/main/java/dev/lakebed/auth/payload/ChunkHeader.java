package dev.lakebed.auth.payload;

import dev.lakebed.auth.PayloadException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The line before the data of a chunk.
 *
 * @param size bytes of data, not negative
 * @param signature value of the only extension there is, {@code chunk-signature}
 */
record ChunkHeader(long size, Optional<String> signature) {
  /** Sixteen digits, the extension's name and a signature. */
  static final int LONGEST = 16 + 17 + 64;

  private static final String EXTENSION = "chunk-signature=";

  static ChunkHeader parse(String line) throws PayloadException {
    int semicolon = line.indexOf(';');
    String digits = semicolon < 0 ? line : line.substring(0, semicolon);
    if (semicolon < 0) {
      return new ChunkHeader(size(digits), Optional.empty());
    }
    if (!line.startsWith(EXTENSION, semicolon + 1)) {
      throw malformed("A chunk has an unknown extension.");
    }
    String signature = line.substring(semicolon + 1 + EXTENSION.length());
    return new ChunkHeader(size(digits), Optional.of(signature));
  }

  private static long size(String digits) throws PayloadException {
    if (digits.isEmpty() || digits.length() > 16) {
      throw malformed("A chunk size has no digits or too many.");
    }
    for (int i = 0; i < digits.length(); i++) {
      if (!HexFormat.isHexDigit(digits.charAt(i))) {
        throw malformed("A chunk size is not a hexadecimal number.");
      }
    }
    long size = HexFormat.fromHexDigitsToLong(digits);
    if (size < 0) {
      throw malformed("A chunk size is out of range.");
    }
    return size;
  }

  private static PayloadException malformed(String message) {
    return new PayloadException(PayloadException.Reason.MALFORMED_CHUNK, message);
  }
}
