/** The S3 error catalogue. */
@NullMarked
package dev.lakebed.s3.error;

import org.jspecify.annotations.NullMarked;
