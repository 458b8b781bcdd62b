package dev.lakebed.storage.metadata;

import java.util.Optional;

/** An object with its binary columns, checked and encoded by the thread that brings it. */
final class EncodedObject {
  /** Header that listings show. */
  static final String STORAGE_CLASS = "x-amz-storage-class";

  private static final int LONGEST_KEY = 1024;
  private static final int LONGEST_TAG = 128;
  private static final int LONGEST_CLASS = 64;
  private static final int LONGEST_ALGORITHM = 16;

  private final StoredObject object;
  private final Target target;
  private final byte[] attributes;
  private final byte[] chunks;

  private EncodedObject(StoredObject object, Target target, byte[] attributes, byte[] chunks) {
    this.object = object;
    this.target = target;
    this.attributes = attributes;
    this.chunks = chunks;
  }

  /**
   * Encodes.
   *
   * @throws IllegalArgumentException when a value does not fit its column; in a batch it would
   *     spoil the writes of others
   */
  static EncodedObject of(StoredObject object) {
    Target target = Target.of(object.bucket(), object.key());
    check(target.key().length >= 1 && target.key().length <= LONGEST_KEY, "key");
    check(object.size() >= 0, "size");
    checkText(object.etag(), LONGEST_TAG, "entity tag");
    storageClass(object).ifPresent(c -> checkText(c, LONGEST_CLASS, "storage class"));
    object
        .checksum()
        .ifPresent(
            c -> {
              checkText(c.algorithm(), LONGEST_ALGORITHM, "checksum algorithm");
              checkText(c.value(), LONGEST_TAG, "checksum");
            });
    return new EncodedObject(
        object, target, Codec.attributes(object.attributes()), Codec.chunks(object.chunks()));
  }

  StoredObject object() {
    return object;
  }

  Target target() {
    return target;
  }

  Optional<String> storageClass() {
    return storageClass(object);
  }

  /** The array itself; not to be changed. */
  byte[] attributes() {
    return attributes;
  }

  /** The array itself; not to be changed. */
  byte[] chunks() {
    return chunks;
  }

  private static Optional<String> storageClass(StoredObject object) {
    return Optional.ofNullable(object.attributes().headers().get(STORAGE_CLASS));
  }

  private static void checkText(String text, int longest, String what) {
    check(text.length() <= longest && text.indexOf('\0') < 0, what);
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what + " out of range");
    }
  }
}
