package dev.lakebed.s3.object;

import static java.util.Objects.requireNonNull;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.checksum.BackgroundChecksum;
import dev.lakebed.storage.checksum.Checksum;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.checksum.ChecksumValue;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.StoredObject.ObjectAttributes;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Bytes on their way into one blob, with MD5 and checksums computed as they pass. */
public final class ContentWriter extends OutputStream {
  /** From here on it pays that another core computes MD5, which takes longer than all the rest. */
  private static final long LONG_BODY = 8 << 20;

  private final BlobWriter blob;
  private final Checksum md5;
  private final Map<ChecksumAlgorithm, Checksum> running = new EnumMap<>(ChecksumAlgorithm.class);
  private byte[] md5Value = {};
  private Map<ChecksumAlgorithm, ChecksumValue> checksums = Map.of();

  /** {@code length} of the bytes, negative when it is not known. */
  ContentWriter(BlobWriter blob, long length, Set<ChecksumAlgorithm> algorithms) {
    this.blob = blob;
    Checksum digest = ChecksumAlgorithm.MD5.newChecksum();
    this.md5 = length < LONG_BODY ? digest : BackgroundChecksum.of(digest);
    algorithms.forEach(algorithm -> running.put(algorithm, algorithm.newChecksum()));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    md5.update(bytes, offset, length);
    for (Checksum checksum : running.values()) {
      checksum.update(bytes, offset, length);
    }
    blob.write(bytes, offset, length);
  }

  /** Ends the digests; no byte may follow. */
  void finish() {
    md5Value = md5.digest();
    Map<ChecksumAlgorithm, ChecksumValue> values = new EnumMap<>(ChecksumAlgorithm.class);
    running.forEach(
        (algorithm, checksum) ->
            values.put(algorithm, ChecksumValue.of(algorithm, checksum.digest())));
    checksums = Map.copyOf(values);
  }

  public long size() {
    return blob.size();
  }

  public ChecksumValue checksum(ChecksumAlgorithm algorithm) {
    return requireNonNull(checksums.get(algorithm), "it was not asked for");
  }

  String md5() {
    return Base64.getEncoder().encodeToString(md5Value);
  }

  Map<ChecksumAlgorithm, ChecksumValue> checksums() {
    return checksums;
  }

  public BlobDescriptor describe(
      Bucket bucket,
      String key,
      Optional<BlobDescriptor.PartOf> part,
      ChecksumAlgorithm algorithm,
      ObjectAttributes attributes,
      Instant time) {
    return new BlobDescriptor(
        bucket.id(),
        bucket.name(),
        key,
        part,
        size(),
        HexFormat.of().formatHex(md5Value),
        Optional.of(Checksums.fullObject(checksum(algorithm))),
        attributes,
        time);
  }

  BlobRef commit(byte[] descriptor) throws IOException {
    return blob.commit(descriptor);
  }

  /** Drops the bytes unless they were committed. */
  @Override
  public void close() {
    md5.close();
    blob.close();
  }
}
