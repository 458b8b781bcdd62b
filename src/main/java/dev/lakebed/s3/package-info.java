/** The S3 protocol: the table of its operations and the answers to failures. */
@NullMarked
package dev.lakebed.s3;

import org.jspecify.annotations.NullMarked;
