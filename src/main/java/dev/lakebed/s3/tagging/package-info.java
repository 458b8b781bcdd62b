/**
 * Tags of buckets and objects, whether policies see those of a bucket, and the part of the S3
 * Control API that changes them.
 */
@NullMarked
package dev.lakebed.s3.tagging;

import org.jspecify.annotations.NullMarked;
