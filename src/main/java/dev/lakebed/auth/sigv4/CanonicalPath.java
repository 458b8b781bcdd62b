package dev.lakebed.auth.sigv4;

import dev.lakebed.http.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The path line of a canonical request, from the raw path. Clients differ in what they escape; all
 * forms given here decode to the same bytes, so that accepting any of them grants nothing else.
 * Neither dots nor double slashes are resolved: the path that is verified is the path that is
 * served.
 */
final class CanonicalPath {
  private CanonicalPath() {}

  /** The form that the rules of the service ask for. */
  static String of(String rawPath, boolean s3) {
    if (isPlain(rawPath)) {
      return rawPath;
    }
    String once = encodedOnce(rawPath);
    return s3 ? once : PercentEncoding.encodePath(once);
  }

  /**
   * Every form to try, the usual one first. For S3: each segment encoded once; as sent; a slash
   * that was sent escaped left plain. For other services: encoded twice, or only once as some
   * clients do.
   */
  static List<String> forms(String rawPath, boolean s3) {
    if (isPlain(rawPath)) {
      return List.of(rawPath);
    }
    Set<String> forms = new LinkedHashSet<>();
    forms.add(of(rawPath, s3));
    if (s3) {
      forms.add(rawPath);
      forms.add(PercentEncoding.encode(PercentEncoding.decodeToBytes(rawPath), true));
    } else {
      forms.add(PercentEncoding.encode(rawPath.getBytes(StandardCharsets.ISO_8859_1), true));
      forms.add(encodedOnce(rawPath));
      forms.add(rawPath);
    }
    return List.copyOf(forms);
  }

  private static String encodedOnce(String rawPath) {
    StringBuilder out = new StringBuilder(rawPath.length() + 16);
    int start = 0;
    while (true) {
      int slash = rawPath.indexOf('/', start);
      int end = slash < 0 ? rawPath.length() : slash;
      byte[] segment = PercentEncoding.decodeToBytes(rawPath.substring(start, end));
      out.append(PercentEncoding.encode(segment, false));
      if (slash < 0) {
        return out.toString();
      }
      out.append('/');
      start = slash + 1;
    }
  }

  private static boolean isPlain(String rawPath) {
    for (int i = 0; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      if (c != '/' && !PercentEncoding.isUnreserved(c)) {
        return false;
      }
    }
    return true;
  }
}
