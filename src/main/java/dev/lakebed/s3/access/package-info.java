/** Bucket policies and Block Public Access. */
@NullMarked
package dev.lakebed.s3.access;

import org.jspecify.annotations.NullMarked;
