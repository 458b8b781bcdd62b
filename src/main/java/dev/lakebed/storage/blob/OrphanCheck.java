package dev.lakebed.storage.blob;

/** Asked after a crash whether metadata names a blob that was never confirmed. */
@FunctionalInterface
public interface OrphanCheck {
  /** Whether the blob is named; {@code descriptor} is what was given at commit. */
  boolean isNamed(BlobRef ref, byte[] descriptor);
}
