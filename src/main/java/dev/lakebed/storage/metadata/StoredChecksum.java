package dev.lakebed.storage.metadata;

/**
 * A checksum kept with an object.
 *
 * @param algorithm name as in the S3 API, for example {@code CRC64NVME}
 * @param fullObject whether it is over the whole object, or composed of part checksums
 * @param value Base64, with {@code -N} when composed
 */
public record StoredChecksum(String algorithm, boolean fullObject, String value) {}
