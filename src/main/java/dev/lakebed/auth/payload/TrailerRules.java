package dev.lakebed.auth.payload;

import dev.lakebed.http.Headers;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What may stand behind the final chunk, if anything: each of the names, in lower case, once. */
public record TrailerRules(boolean allowed, Set<String> names) {
  public static final TrailerRules NONE = new TrailerRules(false, Set.of());

  private static final String SIGNATURE = "x-amz-trailer-signature";
  private static final int LONGEST = 4 * 1024;
  private static final int MOST_NAMES = 16;

  public TrailerRules {
    names = Set.copyOf(names);
  }

  /** The rules that the value of {@code x-amz-trailer} gives, names separated by commas. */
  public static TrailerRules announced(String value) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : value.split(",", MOST_NAMES)) {
      if (!name.isBlank()) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return new TrailerRules(true, names);
  }

  /** Reads to the end of the body. */
  Headers read(WireReader wire, ChunkVerifier verifier) throws IOException {
    Headers.Builder fields = Headers.builder();
    Set<String> seen = new LinkedHashSet<>();
    StringBuilder canonical = new StringBuilder();
    Optional<String> signature = Optional.empty();
    int left = LONGEST;
    for (String line = line(wire, left); !line.isEmpty(); line = line(wire, left)) {
      left -= line.length();
      // minio-go ends each of its own lines with a bare line feed and the block with CR LF.
      for (String field : line.lines().toList()) {
        Trailer trailer = Trailer.parse(field);
        if (trailer.name().equals(SIGNATURE)) {
          if (signature.isPresent()) {
            throw malformed("The trailer is signed twice.");
          }
          signature = Optional.of(trailer.value());
          continue;
        }
        if (signature.isPresent() || !names.contains(trailer.name()) || !seen.add(trailer.name())) {
          throw malformed("A trailing header was not announced, or comes twice or too late.");
        }
        fields.add(trailer.name(), trailer.value());
        canonical.append(trailer.name()).append(':').append(trailer.value()).append('\n');
      }
    }
    wire.endOfBody();
    if (seen.size() != names.size()) {
      throw malformed("An announced trailing header is missing.");
    }
    if (allowed) {
      verifier.endOfTrailer(canonical.toString(), signature);
    } else if (signature.isPresent()) {
      throw malformed("A signed trailer follows a body that has none.");
    }
    return fields.build();
  }

  private static String line(WireReader wire, int left) throws IOException {
    return wire.line(left, PayloadException.Reason.MALFORMED_TRAILER);
  }

  private static PayloadException malformed(String message) {
    return PayloadException.Reason.MALFORMED_TRAILER.because(message);
  }

  private record Trailer(String name, String value) {
    static Trailer parse(String line) throws PayloadException {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw malformed("A trailing header has no name.");
      }
      return new Trailer(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
  }
}
