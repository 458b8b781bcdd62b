/** Bucket operations and the answers of a bucket without extra configuration. */
@NullMarked
package dev.lakebed.s3.bucket;

import org.jspecify.annotations.NullMarked;
