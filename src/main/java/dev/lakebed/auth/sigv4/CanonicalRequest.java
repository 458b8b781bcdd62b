package dev.lakebed.auth.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lakebed.auth.payload.Sha256;
import dev.lakebed.auth.sigv4.TimeLimits.Timestamp;
import dev.lakebed.http.Headers;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a client signs; each character of the text is one byte. */
record CanonicalRequest(String text) {
  /** One of the forms that a client may have signed: those of path and host differ. */
  static CanonicalRequest of(
      Request request,
      SignatureClaim claim,
      String path,
      String query,
      String host,
      String payloadHash) {
    return new CanonicalRequest(
        String.join(
            "\n",
            request.method(),
            path,
            query,
            claim.signedHeaders().canonical(request.headers(), host),
            claim.signedHeaders().text(),
            payloadHash));
  }

  /** The text that the signing key signs. */
  String stringToSign(Timestamp time, CredentialScope scope) {
    return String.join(
        "\n",
        SignatureClaim.ALGORITHM,
        time.text(),
        scope.text(),
        Sha256.hexOf(text.getBytes(ISO_8859_1)));
  }

  private record Pair(String name, String value) {
    static final Comparator<Pair> ORDER =
        Comparator.comparing(Pair::name).thenComparing(Pair::value);

    static Pair encoded(QueryParameters.Parameter parameter) {
      return new Pair(
          PercentEncoding.encode(parameter.name()), PercentEncoding.encode(parameter.value()));
    }
  }

  /** The query line; leaves the signature itself out when it stands in the query. */
  static String query(QueryParameters query, boolean presigned) {
    if (query.all().isEmpty()) {
      return "";
    }
    return query.all().stream()
        .filter(parameter -> !presigned || !parameter.name().equals(SignatureClaim.SIGNATURE))
        .map(Pair::encoded)
        .sorted(Pair.ORDER)
        .map(pair -> pair.name() + "=" + pair.value())
        .collect(Collectors.joining("&"));
  }

  /** The header names that a signature covers, in the order sent; {@code text} as sent. */
  record SignedHeaders(String text, List<String> names) {
    /** As many fields as a request may have. */
    private static final int MOST = 1000;

    /** Reads the list; empty when a name is empty, not in lower case or repeated. */
    static Optional<SignedHeaders> parse(String text) {
      List<String> names = List.of(text.split(";", MOST));
      Set<String> seen = new HashSet<>();
      for (String name : names) {
        if (!isLowerCaseToken(name) || !seen.add(name)) {
          return Optional.empty();
        }
      }
      return Optional.of(new SignedHeaders(text, names));
    }

    boolean contains(String name) {
      return names.contains(name);
    }

    /**
     * The header block of a canonical request: values trimmed, inner runs of blanks collapsed,
     * repeated fields joined by commas; {@code host} stands for the {@code Host} header.
     */
    String canonical(Headers headers, String host) {
      StringBuilder out = new StringBuilder(512);
      for (String name : names) {
        out.append(name).append(':');
        if (name.equals("host")) {
          appendCollapsed(out, host);
        } else {
          appendValues(out, headers, name);
        }
        out.append('\n');
      }
      return out.toString();
    }

    private static void appendValues(StringBuilder out, Headers headers, String name) {
      boolean found = false;
      for (Headers.Header field : headers.all()) {
        if (field.name().equals(name)) {
          appendCollapsed(found ? out.append(',') : out, field.value());
          found = true;
        }
      }
      if (!found) {
        throw SignatureRefusals.signedHeaderMissing(name);
      }
    }

    private static void appendCollapsed(StringBuilder out, String value) {
      int start = out.length();
      boolean blank = false;
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c != ' ' && c != '\t') {
          out.append(blank && out.length() > start ? " " : "").append(c);
        }
        blank = c == ' ' || c == '\t';
      }
    }

    private static boolean isLowerCaseToken(String name) {
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        if (c <= ' ' || c >= 0x7f || c == ':' || (c >= 'A' && c <= 'Z')) {
          return false;
        }
      }
      return !name.isEmpty();
    }
  }
}
