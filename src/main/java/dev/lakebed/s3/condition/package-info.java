/** Conditional reads, writes and copies, and byte ranges. */
@NullMarked
package dev.lakebed.s3.condition;

import org.jspecify.annotations.NullMarked;
