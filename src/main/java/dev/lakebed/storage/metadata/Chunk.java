package dev.lakebed.storage.metadata;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.util.Optional;

/**
 * A stretch of an object's bytes.
 *
 * @param partNumber number of the part it was uploaded as; 0 when the object was put in one piece
 * @param ref where the bytes lie
 * @param checksum checksum of the part, when it has one
 */
public record Chunk(int partNumber, BlobRef ref, Optional<String> checksum) {}
