/** Multipart uploads. */
@NullMarked
package dev.lakebed.s3.multipart;

import org.jspecify.annotations.NullMarked;
