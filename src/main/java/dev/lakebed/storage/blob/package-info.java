/**
 * Stores blobs on volumes: small ones as records of segments that are committed in groups, long
 * ones as chunk files. Knows nothing of buckets beyond an opaque descriptor.
 */
@NullMarked
package dev.lakebed.storage.blob;

import org.jspecify.annotations.NullMarked;
