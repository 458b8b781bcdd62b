package dev.lakebed.s3.multipart;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Upload ids: 24 random bytes in URL-safe Base64. */
final class UploadIds {
  private static final int BYTES = 24;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private UploadIds() {}

  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static boolean isPossible(String id) {
    return FORM.matcher(id).matches();
  }
}
