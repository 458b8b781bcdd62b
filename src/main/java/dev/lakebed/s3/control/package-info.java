/** What is built of the S3 Control API: the tags of buckets. */
@NullMarked
package dev.lakebed.s3.control;

import org.jspecify.annotations.NullMarked;
