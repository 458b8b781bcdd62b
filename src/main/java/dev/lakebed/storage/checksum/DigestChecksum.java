package dev.lakebed.storage.checksum;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A message digest of the JDK. */
final class DigestChecksum implements Checksum {
  private final MessageDigest digest;

  DigestChecksum(String algorithm) {
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("the Java runtime lacks " + algorithm, missing);
    }
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  @Override
  public byte[] digest() {
    return digest.digest();
  }
}
