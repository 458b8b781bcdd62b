/**
 * Bytes on volumes: segments, chunk files, group commit, block checksums, recovery. Knows nothing
 * of buckets beyond an opaque descriptor.
 */
@NullMarked
package dev.lakebed.storage.blob;

import org.jspecify.annotations.NullMarked;
